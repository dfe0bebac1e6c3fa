import { expect, it } from 'vitest';
import { skillsOf } from './skills';

it('tells of each skill who asks for it, who has it, and whether it is enough', () => {
  const queues = [{ name: 'Service', requirements: [{ skill: 'billing', level: 50 }] }];
  const agents = [
    { name: 'Ada', skills: { billing: 40, english: 90 } },
    { name: 'Ben', skills: {} as Record<string, number> },
  ];
  expect(skillsOf(queues, agents)).toEqual([
    {
      skill: 'billing',
      needed: [{ name: 'Service', level: 50 }],
      had: [{ name: 'Ada', level: 40 }],
      covered: false,
    },
    { skill: 'english', needed: [], had: [{ name: 'Ada', level: 90 }], covered: true },
  ]);
});
