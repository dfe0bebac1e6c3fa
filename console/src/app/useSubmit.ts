// A form whose refusals stand beside the fields they are about; what has no field of its own stands above.
import type { FormInstance } from 'antd';
import { useState } from 'react';
import { Problem, type FieldProblem } from '@/api/problem';
import { nameOf } from './ThingsScreen';
import { useFaultWords, useWords } from './problems';

/** What to say of a refusal that names a field; undefined: the words for its rule. */
export type Say = (field: string, code: string) => string | undefined;

export type Places = Readonly<Record<string | number, string>>;

interface Given {
  readonly form: FormInstance;
  readonly say?: Say;
  /** Where a refusal without a field belongs, by its code or its status. */
  readonly at?: Places;
}

const asTheRuleSays: Say = () => undefined;

export function useSubmit({ form, say = asTheRuleSays, at = {} }: Given) {
  const words = useWords();
  const ofRule = useFaultWords();
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  async function submit(attempt: () => Promise<unknown>): Promise<void> {
    setTrouble('');
    setBusy(true);
    try {
      await attempt();
    } catch (error) {
      const faults = error instanceof Problem ? faultsOf(error, at) : [];
      const own = faults.filter((one) => form.getFieldInstance(nameOf(one.field)) !== undefined);
      form.setFields(own.map((one) => fieldOf(one, error as Problem, say, ofRule)));
      if (own.length) form.focusField(nameOf(own[0]?.field ?? ''));
      else setTrouble(words(error));
    } finally {
      setBusy(false);
    }
  }
  return { trouble, busy, submit };
}

function faultsOf(problem: Problem, at: Places): readonly FieldProblem[] {
  const place = at[problem.code] ?? at[problem.status];
  return problem.fields.length || !place ? problem.fields : [{ field: place, code: problem.code, detail: problem.message }];
}

function fieldOf(fault: FieldProblem, problem: Problem, say: Say, ofRule: ReturnType<typeof useFaultWords>) {
  const name = nameOf(fault.field);
  const said = say(name.join('.'), problem.code) ?? ofRule(fault) ?? fault.detail;
  return { name, errors: [said ?? problem.message] };
}
