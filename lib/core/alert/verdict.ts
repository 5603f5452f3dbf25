import { breachedThreshold, type Condition, isClear, isMonotone, type Threshold } from './condition.ts';
import type { Window } from './schedule.ts';

/** What the index answered for one window. */
export type CountOutcome =
  | { readonly kind: 'counted'; readonly value: number }
  | { readonly kind: 'failed'; readonly reason: string };

/** One look at one window. Times in epoch seconds. */
export interface Observation {
  readonly window: Window;
  /** The scheduled time of the tick that looked. */
  readonly scheduledAt: number;
  /** 0 to 1; below 1, events of the window may not be searchable yet. */
  readonly completeness: number;
  readonly outcome: CountOutcome;
}

/** What an observation says of its window. */
export type Verdict =
  | { readonly kind: 'breach'; readonly value: number; readonly threshold: Threshold }
  /** Neither breached nor far enough from it to clear. */
  | { readonly kind: 'hold'; readonly value: number }
  | { readonly kind: 'clear'; readonly value: number }
  /** Events may be missing and could change the answer. */
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'error'; readonly reason: string };

/** Judges an observation. An incomplete count proves a breach where more events can only raise it, and nothing else. */
export function judge(condition: Condition, observation: Observation): Verdict {
  const { outcome } = observation;
  if (outcome.kind === 'failed') return { kind: 'error', reason: outcome.reason };
  const { value } = outcome;
  const threshold = breachedThreshold(condition, value);
  const isFinal = observation.completeness >= 1;
  if (!isFinal && !(threshold !== undefined && isMonotone(condition.operator))) return { kind: 'incomplete' };
  if (threshold !== undefined) return { kind: 'breach', value, threshold };
  return isClear(condition, value) ? { kind: 'clear', value } : { kind: 'hold', value };
}
