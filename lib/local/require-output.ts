import type { StackOutputs } from './deploy.ts';
import { LocalStackError } from './local-stack-error.ts';

/** Gives the output `name` of the stacks. Throws LocalStackError where no stack has it. */
export function requireOutput(outputs: StackOutputs, name: string): string {
  const value = outputs[name];
  if (value !== undefined) return value;
  throw new LocalStackError(
    `The stacks have no output "${name}", only ${Object.keys(outputs).toSorted().join(', ') || 'none'}.`,
  );
}
