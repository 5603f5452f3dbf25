/** A half-open time range, `start` in it and `end` not, in epoch seconds. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** Windows a rule has to look at, in order, and how many older ones are past catching up with. */
export interface DueWindows {
  readonly windows: readonly Window[];
  readonly missed: number;
}

/** How far a rule catches up after a pause. */
export interface CatchUp {
  /** Windows before the last `maxWindows` are given up, and counted. */
  readonly maxWindows: number;
  /** Windows looked at in one tick; the others follow in the next ones. */
  readonly maxPerTick: number;
}

/** The latest window end at or before `now`, aligned to `everySeconds` from the epoch. Both in seconds. */
export function alignedEnd(now: number, everySeconds: number): number {
  return Math.floor(now / everySeconds) * everySeconds;
}

/**
 * The windows that ended after `lastWindowEnd` and not after `now`, the oldest first. They depend on the scheduled time
 * alone, so a retried or a late tick gets the same ones.
 */
export function dueWindows(
  rule: { readonly windowSeconds: number; readonly everySeconds: number },
  lastWindowEnd: number,
  now: number,
  catchUp: CatchUp,
): DueWindows {
  const { windowSeconds, everySeconds } = rule;
  const first = alignedEnd(lastWindowEnd, everySeconds) + everySeconds;
  const behind = Math.max(0, (alignedEnd(now, everySeconds) - first) / everySeconds + 1);
  const missed = Math.max(0, behind - catchUp.maxWindows);
  const windows = Array.from({ length: Math.min(behind - missed, catchUp.maxPerTick) }, (_, index) => {
    const end = first + (missed + index) * everySeconds;
    return { start: end - windowSeconds, end };
  });
  return { windows, missed };
}
