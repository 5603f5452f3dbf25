import { type Breach, endEpisode, openEpisode, recordBreach, recordClear, type Sighting } from './episode.ts';
import type { AlertEvent } from './event.ts';
import type { Rule } from './rule.ts';
import { alignedEnd } from './schedule.ts';
import type { AlertState } from './state.ts';
import { judge, type Observation } from './verdict.ts';

/** The state after a step, and the step's events; the state's outbox has them for every channel that is to be told. */
export interface Evaluation {
  readonly state: AlertState;
  readonly events: readonly AlertEvent[];
}

/**
 * Takes one observation into the state; alert states are changed here and nowhere else. Windows are decided in order
 * and once: an old window, and one that cannot be decided yet, leave the state as it is (the same object). A breach is
 * taken even while older windows are undecided: those are then passed over, and counted. The result depends on the
 * arguments alone, so that a replay gives the same state and the same event ids.
 */
export function evaluate(rule: Rule, state: AlertState, observation: Observation): Evaluation {
  const { window, completeness } = observation;
  if (window.end <= state.last_window_end) return { state, events: [] };
  const verdict = judge(rule.condition, observation);
  const between = windowsBetween(rule, state, window.end);
  if (verdict.kind === 'breach') {
    const next = advance(state, window.end, { decided: 1, undecided: between });
    return onBreach(rule, next, { window, completeness, value: verdict.value, threshold: verdict.threshold });
  }
  if (between > 0 || verdict.kind === 'error') return { state, events: [] };
  if (verdict.kind === 'incomplete') {
    const isWaitedFor = observation.scheduledAt - window.end <= rule.maxWaitSeconds;
    return { state: isWaitedFor ? state : advance(state, window.end, { undecided: 1 }), events: [] };
  }
  const next = advance(state, window.end, { decided: 1 });
  if (verdict.kind === 'hold') return { state: next, events: [] };
  return onClear(rule, next, { window, completeness, value: verdict.value });
}

/** Gives up the `missed` windows after the last one: they are too old to be caught up with. */
export function abandonWindows(rule: Rule, state: AlertState, missed: number): AlertState {
  if (missed === 0) return state;
  const first = alignedEnd(state.last_window_end, rule.everySeconds);
  return advance(state, first + missed * rule.everySeconds, { missed });
}

/**
 * Takes over a rule whose meaning has changed, or that is now disabled: an open episode ends with that reason, and the
 * rule begins anew after the present window. `now` in epoch seconds.
 */
export function restart(rule: Rule, state: AlertState, now: number): Evaluation {
  const end = Math.max(state.last_window_end, alignedEnd(now, rule.everySeconds));
  const next = { ...state, rule_version: rule.version, last_window_end: end };
  if (next.episode === undefined) return { state: { ...next, status: 'inactive', breaches: [] }, events: [] };
  const seen = {
    window: { start: end - rule.windowSeconds, end },
    completeness: 1,
    value: next.episode.value,
  };
  return endEpisode(rule, next, seen, rule.mode === 'disabled' ? 'rule_disabled' : 'rule_changed');
}

function windowsBetween(rule: Rule, state: AlertState, windowEnd: number): number {
  return Math.max(0, Math.floor((windowEnd - state.last_window_end) / rule.everySeconds) - 1);
}

function advance(
  state: AlertState,
  windowEnd: number,
  counted: { decided?: number; undecided?: number; missed?: number },
): AlertState {
  const windows = {
    decided: state.windows.decided + (counted.decided ?? 0),
    undecided: state.windows.undecided + (counted.undecided ?? 0),
    missed: state.windows.missed + (counted.missed ?? 0),
  };
  return { ...state, last_window_end: windowEnd, windows };
}

function onBreach(rule: Rule, state: AlertState, breach: Breach): Evaluation {
  if (state.episode !== undefined) return recordBreach(rule, state, state.episode, breach);
  const { end } = breach.window;
  const oldest = end - rule.need.of * rule.everySeconds;
  const earlier = state.breaches.filter((breachEnd) => breachEnd > oldest);
  if (earlier.length + 1 < rule.need.breaches) {
    return { state: { ...state, status: 'pending', breaches: [...earlier, end] }, events: [] };
  }
  return openEpisode(rule, state, earlier[0] ?? end, breach);
}

function onClear(rule: Rule, state: AlertState, seen: Sighting): Evaluation {
  if (state.episode !== undefined) return recordClear(rule, state, state.episode, seen);
  if (state.status !== 'pending' || canStillFire(rule, state)) return { state, events: [] };
  return { state: { ...state, status: 'inactive', breaches: [] }, events: [] };
}

/** Whether enough breaches could still come within `for.of` windows of one that there was. */
function canStillFire(rule: Rule, state: AlertState): boolean {
  const { breaches, of } = rule.need;
  return state.breaches.some((first, index) => {
    const windowsLeft = of - 1 - (state.last_window_end - first) / rule.everySeconds;
    return state.breaches.length - index + windowsLeft >= breaches;
  });
}
