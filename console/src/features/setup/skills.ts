// Skills as queues ask for them and agents have them; they have no list of their own.
interface Level {
  readonly name: string;
  readonly level: number;
}
export interface Skill {
  readonly skill: string;
  readonly needed: readonly Level[];
  readonly had: readonly Level[];
  /** For each queue that asks for it, somebody has enough of it. */
  readonly covered: boolean;
}
interface Asking {
  readonly name: string;
  readonly requirements: readonly { readonly skill: string; readonly level: number }[];
}
interface Having {
  readonly name: string;
  readonly skills: Readonly<Record<string, number>>;
}

export function skillsOf(queues: readonly Asking[], agents: readonly Having[]): readonly Skill[] {
  const asked = queues.flatMap((queue) => queue.requirements.map((one) => one.skill));
  const names = [...new Set([...asked, ...agents.flatMap((agent) => Object.keys(agent.skills))])].sort();
  return names.map((skill) => {
    const needed = queues.flatMap(({ name, requirements }) =>
      requirements.filter((one) => one.skill === skill).map(({ level }) => ({ name, level })),
    );
    const had = agents.flatMap(({ name, skills }) => {
      const level = skills[skill];
      return level ? [{ name, level }] : [];
    });
    const covered = needed.every(({ level }) => had.some((one) => one.level >= level));
    return { skill, needed, had, covered };
  });
}
