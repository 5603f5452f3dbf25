import type { SkippedTest } from './step.ts';

/** One line for each reason, with how many tests it kept from running and the first of them. */
export function listSkipped(skipped: readonly SkippedTest[]): string[] {
  const byReason = Map.groupBy(skipped, (test) => test.reason);
  return [...byReason].map(([reason, tests]) => {
    const others = tests.length > 1 ? ` and ${tests.length - 1} more` : '';
    return `  skipped: ${reason} (${tests[0]?.name}${others})`;
  });
}
