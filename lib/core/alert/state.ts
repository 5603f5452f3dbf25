import * as z from 'zod';
import { Notification } from '../notify/notification.ts';
import { Severity } from './condition.ts';
import type { Rule } from './rule.ts';
import { alignedEnd } from './schedule.ts';

const Seconds = z.int().nonnegative();
const Count = z.int().nonnegative();

/** A firing (or recovering) episode. Times are window ends in epoch seconds. */
export const Episode = z.strictObject({
  id: z.string(),
  /** End of the first breaching window. */
  started_at: Seconds,
  severity: Severity,
  /** The threshold of that severity. */
  threshold: z.number(),
  value: z.number(),
  peak: z.number(),
  /** Events so far. */
  sequence: Count,
  /** Channels that were told that it fires: only they are told that it is over. */
  told: z.array(z.string()),
  notified_at: Seconds,
  /** Breaching windows since then. */
  suppressed: Count,
  last_breach_at: Seconds,
  /** Clear windows since the last breach. */
  clears: Count,
  /** Consecutive breaches milder than `severity`. */
  milder: Count,
});
export type Episode = z.infer<typeof Episode>;

/** Everything that is remembered of one group of one rule, with the messages that still have to be sent. */
export const AlertState = z.strictObject({
  rule: z.string(),
  group: z.string(),
  rule_version: z.string(),
  status: z.enum(['inactive', 'pending', 'firing', 'recovering']),
  /** End of the last window that was decided, or given up: no window is decided twice. */
  last_window_end: Seconds,
  /** While pending: ends of the breaching windows among the last `for.of`. */
  breaches: z.array(Seconds),
  /** Windows decided, passed over while they were undecided, and never looked at: together, all that were scheduled. */
  windows: z.strictObject({ decided: Count, undecided: Count, missed: Count }),
  /** There while firing and recovering. */
  episode: Episode.optional(),
  outbox: z.array(Notification),
});
export type AlertState = z.infer<typeof AlertState>;

/** The one group of a rule that does not group. */
export const WHOLE = 'all';

/** The state of a rule that was never looked at: its first window is the one that ended last at `now` (epoch seconds). */
export function initialState(rule: Rule, group: string, now: number): AlertState {
  return {
    rule: rule.id,
    group,
    rule_version: rule.version,
    status: 'inactive',
    last_window_end: alignedEnd(now, rule.everySeconds) - rule.everySeconds,
    breaches: [],
    windows: { decided: 0, undecided: 0, missed: 0 },
    outbox: [],
  };
}
