import { describe, expect, it } from 'vitest';
import { linkOf, stagesOf } from './progress';

const NAMES = [
  'list',
  'owner',
  'account',
  'api_key',
  'application',
  'content',
  'number',
  'usage_trigger',
  'open',
  'welcome',
];
const steps = (done: number) => NAMES.map((name, at) => ({ name, done: at < done }));
const states = (done: number, status: 'setting_up' | 'failed' | 'ready' = 'setting_up') =>
  stagesOf({ status, steps: steps(done) }).map((one) => one.state);

describe('the stages of a set-up', () => {
  it('are done with all of their steps, one at a time', () => {
    expect(states(0)).toEqual(['now', 'later', 'later', 'later', 'later']);
    expect(states(3)).toEqual(['done', 'now', 'later', 'later', 'later']);
    expect(states(10, 'ready')).toEqual(['done', 'done', 'done', 'done', 'done']);
  });

  it('say where it stopped', () => {
    expect(states(6, 'failed')).toEqual(['done', 'done', 'done', 'failed', 'later']);
  });
});

describe('the mailed link', () => {
  it('names the sign-up and its secret', () => {
    expect(linkOf('#join_0123456789abcdefghij/v_0123456789')).toEqual({
      id: 'join_0123456789abcdefghij',
      secret: 'v_0123456789',
    });
  });

  it('is none when anything is amiss', () => {
    for (const wrong of ['', '#', '#join_1/v_0123456789', '#join_0123456789abcdefghij/', '#x/y/z'])
      expect(linkOf(wrong)).toBeNull();
  });
});
