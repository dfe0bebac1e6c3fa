// Hints come in bursts: the first is followed at once, those of the next moment together, so that one answer can arrive before it is asked for again.
const MOMENT_MS = 500;

/** act for a name now, and once more at the end of each moment in which it was asked for again. */
export function paced(act: (name: string) => void): (name: string) => void {
  const again = new Map<string, boolean>();
  const run = (name: string) => {
    again.set(name, false);
    setTimeout(() => (again.get(name) ? run(name) : again.delete(name)), MOMENT_MS);
    act(name);
  };
  return (name) => (again.has(name) ? again.set(name, true) : run(name));
}
