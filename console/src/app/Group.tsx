// Fields that are seldom set, folded away under a name until they are looked for, or one of them is wrong.
import { createContext, useContext, useState, type ReactNode } from 'react';

/** The fields of the form that were refused, by their first names; a new list with each refusal. */
export const Faults = createContext<readonly string[]>([]);

interface Given {
  readonly title: string;
  /** The first names of the fields that are in it. */
  readonly of: readonly string[];
  readonly children: ReactNode;
}

export function Group({ title, of, children }: Given) {
  const faults = useContext(Faults);
  const [seen, setSeen] = useState(faults);
  const [open, setOpen] = useState(false);
  if (faults !== seen) {
    setSeen(faults);
    if (faults.some((name) => of.includes(name))) setOpen(true);
  }
  return (
    <details className="group" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
