/** One thing that is checked, and how it went. A tool counts as one test, a test run as its tests. */
export interface Step {
  readonly name: string;
  run(interruption: AbortSignal): Promise<StepResult>;
}

export interface StepResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly SkippedTest[];
  /** What the step printed, at most its last part; shown where something failed. */
  readonly output: string;
}

export interface SkippedTest {
  readonly name: string;
  readonly reason: string;
}

/** The result of a step that is one yes or no. */
export function verdict(passed: boolean, output: string): StepResult {
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: [], output };
}
