import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { type CommandOptions, type CommandOutcome, runCommand } from './run-command.ts';
import type { Step, StepResult } from './step.ts';

const TestCounts = z.object({
  passed: z.int(),
  failed: z.int(),
  skipped: z.array(z.object({ name: z.string(), reason: z.string() })),
  /** False where the run was cut short. */
  finished: z.boolean(),
});
export type TestCounts = z.infer<typeof TestCounts>;

const REPORTER = join(import.meta.dirname, 'counting-reporter.ts');

/** A run of vitest, counted by its tests. */
export function vitestStep(name: string, args: readonly string[]): Step {
  return { name, run: (interruption) => runVitest(args, { signal: interruption }) };
}

/** Runs vitest with `args` and counts its tests. */
export async function runVitest(args: readonly string[], options: CommandOptions): Promise<StepResult> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-tests-'));
  try {
    const file = join(folder, 'counts.json');
    const outcome = await runCommand(
      ['vitest', 'run', ...args, '--reporter=default', `--reporter=${REPORTER}`],
      { ...options, environment: { ...options.environment, WEIR_TEST_COUNTS: file } },
    );
    return judgeRun(await readFile(file, 'utf8').catch(() => ''), outcome);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * The counts of a run. One that crashed, was cut short, found no test, or failed without a failed test (coverage, an
 * error outside of a test) counts as a failure of its own.
 */
export function judgeRun(counts: string, { exitCode, output }: CommandOutcome): StepResult {
  if (counts === '')
    return { passed: 0, failed: 1, skipped: [], output: `vitest did not finish.\n${output}` };
  const { passed, failed, skipped, finished } = TestCounts.parse(JSON.parse(counts));
  const isSound = exitCode === 0 && finished && passed + failed + skipped.length > 0;
  return { passed, failed: failed === 0 && !isSound ? 1 : failed, skipped, output };
}
