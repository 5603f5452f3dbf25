import * as z from 'zod';
import { Duration } from '../alert/duration.ts';
import { readIsoTime } from '../parse/iso-time.ts';

/** A range of time: from (included) to (excluded), epoch ms. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Shown wherever a time is not understood. */
const ALLOWED_TIMES =
  'allowed: ISO 8601 such as 2026-11-21T13:00:00Z (UTC where it has no zone), now, now-15m, now-2h, now-7d';

/** The epoch ms of an ISO 8601 time, `now`, or `now-` and a duration; undefined where it is none of them. */
export function resolveTime(text: string, nowMs: number): number | undefined {
  if (text === 'now') return nowMs;
  if (!text.startsWith('now-')) return readIsoTime(text, () => 0)?.epochMs;
  const seconds = Duration.safeParse(text.slice('now-'.length));
  return seconds.success ? nowMs - seconds.data * 1000 : undefined;
}

/** A time as users write it. What `now` is, is said when it is resolved. */
export const TimeExpression = z.string().refine((text) => resolveTime(text, 0) !== undefined, ALLOWED_TIMES);

/** Both ends as users write them, each optional. */
export const TimeBounds = { from: TimeExpression.optional(), to: TimeExpression.optional() };

/**
 * Resolves both ends: `to` is now, and `from` the default length before `to`, where they are not given. The range is
 * empty where `from` is not before `to`.
 */
export function resolveRange(
  bounds: { readonly from?: string | undefined; readonly to?: string | undefined },
  nowMs: number,
  defaultSeconds: number,
): TimeRange {
  const toMs = resolveTime(bounds.to ?? 'now', nowMs) ?? nowMs;
  const fromMs = bounds.from === undefined ? undefined : resolveTime(bounds.from, nowMs);
  return { fromMs: Math.max(0, fromMs ?? toMs - defaultSeconds * 1000), toMs };
}
