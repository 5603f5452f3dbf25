import type { Step, StepResult } from '../support/gates/step.ts';
import { plantTree } from './plant-tree.ts';

/** Runs a gate in a small project that holds `files`. */
export async function runGate(
  gate: (root: string) => Step,
  files: Readonly<Record<string, string>>,
): Promise<StepResult> {
  await using tree = await plantTree(files);
  return await gate(tree.root).run(new AbortController().signal);
}
