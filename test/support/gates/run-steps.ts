import type { SkippedTest, Step, StepResult } from './step.ts';

export interface RunOptions {
  /** Says what happens, a line at a time. */
  readonly print: (line: string) => void;
  /** Ends what is running; what has not begun is not begun any more. */
  readonly interruption: AbortSignal;
  /** How often a step that goes on says so; 20 s unless given. */
  readonly heartbeatMs?: number;
}

export interface Total {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly SkippedTest[];
}

/** More at once only slows each of them down: the tools use several threads themselves. */
const SIDE_BY_SIDE = 2;
const HEARTBEAT_MS = 20_000;

/**
 * Runs group after group, the steps of a group side by side, and goes on where one fails. Prints a line for each step,
 * and the output of each that failed.
 */
export async function runSteps(groups: readonly (readonly Step[])[], options: RunOptions): Promise<Total> {
  const results: StepResult[] = [];
  for (const group of groups) {
    const waiting = [...group];
    const work = async (): Promise<void> => {
      for (let step = waiting.shift(); step; step = waiting.shift()) {
        if (!options.interruption.aborted) results.push(await runStep(step, options));
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  }
  return {
    passed: results.reduce((sum, { passed }) => sum + passed, 0),
    failed: results.reduce((sum, { failed }) => sum + failed, 0),
    skipped: results.flatMap(({ skipped }) => skipped),
  };
}

async function runStep(step: Step, options: RunOptions): Promise<StepResult> {
  const { print, interruption, heartbeatMs = HEARTBEAT_MS } = options;
  print(`  ...   ${step.name}`);
  const startedMs = performance.now();
  const elapsed = (digits: number) => ((performance.now() - startedMs) / 1000).toFixed(digits);
  const heartbeat = setInterval(() => print(`  ...   ${step.name} (${elapsed(0)} s)`), heartbeatMs);
  const result = await step
    .run(interruption)
    .catch(crashed)
    .finally(() => clearInterval(heartbeat));
  const seconds = elapsed(1);
  const isGood = result.failed === 0;
  print(`  ${isGood ? 'ok   ' : 'FAILED'} ${step.name}: ${summary(result)} in ${seconds} s`);
  if (!isGood) print(result.output.trimEnd().replaceAll(/^/gm, '  | '));
  return result;
}

function crashed(error: unknown): StepResult {
  const output = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { passed: 0, failed: 1, skipped: [], output };
}

/** `N passed, N failed`, and `, N skipped` where there are any. */
export function summary({ passed, failed, skipped }: Total): string {
  return `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`;
}
