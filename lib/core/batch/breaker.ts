/** Invocations in a row that had to give up on the index before the breaker opens. */
export const FAILURES_TO_OPEN = 3;

/** The count of a half-open breaker: one more failure opens it again, one success closes it. */
export const HALF_OPEN_FAILURES = FAILURES_TO_OPEN - 1;

/** Whether the index is to be left alone after so many failures in a row. */
export function isBreakerOpen(failures: number): boolean {
  return failures >= FAILURES_TO_OPEN;
}
