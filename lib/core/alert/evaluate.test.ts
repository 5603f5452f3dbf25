import { describe, expect, test } from 'vitest';
import { abandonWindows, evaluate, restart } from './evaluate.ts';
import type { AlertEvent } from './event.ts';
import { sampleRule } from './rule.fixture.ts';
import type { Rule } from './rule.ts';
import { type AlertState, initialState, WHOLE } from './state.ts';
import type { Observation } from './verdict.ts';

const START = 1_200_000;

interface Run {
  state: AlertState;
  events: AlertEvent[];
}

/** A count of the n-th minute; a fraction in `share` makes it incomplete. */
function look(minute: number, value: number, share = 1): Observation {
  const end = START + minute * 60;
  const outcome = { kind: 'counted' as const, value };
  return { window: { start: end - 60, end }, scheduledAt: end, completeness: share, outcome };
}

function run(
  rule: Rule,
  observations: readonly Observation[],
  from = initialState(rule, WHOLE, START + 60),
): Run {
  let state = from;
  const events: AlertEvent[] = [];
  for (const observation of observations) {
    const step = evaluate(rule, state, observation);
    state = step.state;
    events.push(...step.events);
  }
  return { state, events };
}

/** Complete counts of the minutes 1, 2, 3… */
const minutes = (...values: number[]) => values.map((value, index) => look(index + 1, value));
const kinds = ({ events }: Run) => events.map((event) => event.kind);

const TWO_OF_THREE = sampleRule({ for: { breaches: 2, of: 3 } });
const TWO_CLEARS = sampleRule({ recover: { clears: 2 } });
const GRADED = sampleRule({
  condition: {
    operator: 'greater_than',
    thresholds: [
      { severity: 'warning', value: 10 },
      { severity: 'critical', value: 50 },
    ],
    recover_at: 5,
  },
  recover: { clears: 2 },
});

describe('evaluate', () => {
  test('fires at the first breach when one is enough (row 1)', () => {
    const result = run(sampleRule(), minutes(11));
    expect(result.state.status).toBe('firing');
    expect(result.events).toMatchObject([{ kind: 'firing', value: 11, threshold: 10, sequence: 1 }]);
    expect(result.state.outbox).toMatchObject([{ channel: 'webhook', event: { kind: 'firing' } }]);
  });

  test('waits in pending when more breaches are needed, and fires when they come (rows 2 and 3)', () => {
    expect(run(TWO_OF_THREE, minutes(11)).state.status).toBe('pending');
    const result = run(TWO_OF_THREE, minutes(11, 0, 11));
    expect(kinds(result)).toEqual(['firing']);
    expect(result.events[0]?.started_at).toBe(new Date((START + 60) * 1000).toISOString());
  });

  test('leaves pending only when the breaches can no longer come together (row 4)', () => {
    expect(run(TWO_OF_THREE, minutes(11, 0)).state.status).toBe('pending');
    expect(run(TWO_OF_THREE, minutes(11, 0, 0)).state.status).toBe('inactive');
    expect(kinds(run(TWO_OF_THREE, minutes(11, 0, 0, 11)))).toEqual([]);
  });

  test('stays pending on a hold and on an expired incomplete window (row 5)', () => {
    const rule = sampleRule({ for: { breaches: 2, of: 3 }, condition: GRADED_CONDITION });
    const expired = { ...look(3, 0, 0.5), scheduledAt: START + 3 * 60 + 601 };
    expect(run(rule, [...minutes(11, 7), expired]).state.status).toBe('pending');
  });

  test('reminds when a repeat is due, with the number of breaches since (row 6)', () => {
    const rule = sampleRule({ notify: { repeat: '2m', channels: [{ id: 'webhook' }] } });
    const result = run(rule, minutes(11, 12, 13, 14, 15));
    expect(kinds(result)).toEqual(['firing', 'still_firing', 'still_firing']);
    expect(result.events[1]).toMatchObject({ value: 13, suppressed: 2, sequence: 2 });
  });

  test('tells at once when it gets worse (row 7)', () => {
    const result = run(GRADED, minutes(11, 51, 52));
    expect(result.events.map((event) => [event.kind, event.severity])).toEqual([
      ['firing', 'warning'],
      ['severity_up', 'critical'],
    ]);
  });

  test('lowers the severity only after as many milder windows as a recovery needs (row 8)', () => {
    expect(run(GRADED, minutes(51, 11)).state.episode?.severity).toBe('critical');
    const result = run(GRADED, minutes(51, 11, 11));
    expect(result.state.episode?.severity).toBe('warning');
    expect(kinds(result)).toEqual(['firing']);
  });

  test('resolves at the first clear window when one is enough (row 9)', () => {
    const result = run(sampleRule(), minutes(11, 25, 3));
    expect(kinds(result)).toEqual(['firing', 'resolved']);
    expect(result.events[1]).toMatchObject({
      value: 3,
      peak: 25,
      duration_seconds: 120,
      reason: 'recovered',
    });
    expect(result.state).toMatchObject({ status: 'inactive', breaches: [] });
    expect(result.state.episode).toBeUndefined();
  });

  test('recovers first when more clear windows are needed (rows 10 and 11)', () => {
    expect(run(TWO_CLEARS, minutes(11, 0)).state.status).toBe('recovering');
    expect(kinds(run(TWO_CLEARS, minutes(11, 0, 0)))).toEqual(['firing', 'resolved']);
  });

  test('keeps firing for as long as it is told to after the last breach (row 11)', () => {
    const rule = sampleRule({ recover: { keep_firing_for: '3m' } });
    expect(run(rule, minutes(11, 0, 0)).state.status).toBe('recovering');
    expect(kinds(run(rule, minutes(11, 0, 0, 0)))).toEqual(['firing', 'resolved']);
  });

  test('goes on with the same episode when it breaches while recovering (row 12)', () => {
    expect(run(TWO_CLEARS, minutes(11, 0, 12, 0)).state.status).toBe('recovering');
    const result = run(TWO_CLEARS, minutes(11, 0, 12, 0, 0));
    expect(kinds(result)).toEqual(['firing', 'resolved']);
    expect(new Set(result.events.map((event) => event.episode)).size).toBe(1);
  });

  test('does not move on a hold or an expired incomplete window while firing (row 13)', () => {
    const expired = { ...look(3, 0, 0.5), scheduledAt: START + 3 * 60 + 601 };
    const result = run(GRADED, [...minutes(11, 7), expired]);
    expect(result.state).toMatchObject({ status: 'firing', windows: { decided: 2, undecided: 1 } });
  });

  test('takes a window once', () => {
    const { state } = run(sampleRule(), minutes(11));
    for (const again of [look(1, 11), look(1, 0), look(0, 0)]) {
      expect(evaluate(sampleRule(), state, again)).toEqual({ state, events: [] });
    }
  });

  test('leaves an incomplete window due while it is waited for', () => {
    const { state } = run(sampleRule(), minutes(0));
    expect(evaluate(sampleRule(), state, look(2, 0, 0.9)).state).toBe(state);
  });

  test('takes a breach that is proven early, and passes over the undecided windows before it', () => {
    const result = run(sampleRule(), [look(1, 0, 0.5), look(2, 4, 0.5), look(3, 11, 0.1)]);
    expect(kinds(result)).toEqual(['firing']);
    expect(result.events[0]?.completeness).toBe(0.1);
    expect(result.state.windows).toEqual({ decided: 1, undecided: 2, missed: 0 });
  });

  test('waits for an earlier window when a later one is clear', () => {
    const failed: Observation = { ...look(2, 0), outcome: { kind: 'failed', reason: 'red' } };
    const result = run(sampleRule(), [look(1, 11), failed, look(3, 0)]);
    expect(result.state).toMatchObject({ status: 'firing', last_window_end: START + 60 });
  });

  test('never acts on a failed query, however old', () => {
    const { state } = run(sampleRule(), minutes(11));
    const outcome = { kind: 'failed' as const, reason: 'red' };
    const failed: Observation = { ...look(2, 0), scheduledAt: START + 999_999, outcome };
    expect(evaluate(sampleRule(), state, failed).state).toBe(state);
  });

  test('opens another episode, with another id, when enough breaches come again', () => {
    const rule = sampleRule({ for: { breaches: 2, of: 5 } });
    expect(kinds(run(rule, minutes(11, 11, 0, 11)))).toEqual(['firing', 'resolved']);
    const result = run(rule, minutes(11, 11, 0, 11, 11));
    expect(kinds(result)).toEqual(['firing', 'resolved', 'firing']);
    expect(new Set(result.events.map((event) => event.id)).size).toBe(3);
    expect(result.events[2]?.episode).not.toBe(result.events[0]?.episode);
  });

  test('tells nobody in shadow mode, and tells the channels when it goes live in the middle', () => {
    const shadow = run(sampleRule({ mode: 'shadow' }), minutes(11));
    expect(kinds(shadow)).toEqual(['firing']);
    expect(shadow.state.outbox).toEqual([]);
    const live = run(sampleRule(), [look(2, 12)], shadow.state);
    expect(live.state.outbox).toMatchObject([{ channel: 'webhook', event: { kind: 'firing', sequence: 2 } }]);
  });

  test('sends resolved only to channels that were told of the episode', () => {
    const rule = sampleRule({ notify: { on: ['resolved'], channels: [{ id: 'webhook' }] } });
    expect(run(rule, minutes(11, 0)).state.outbox).toEqual([]);
  });
});

const GRADED_CONDITION = { operator: 'greater_than', value: 10, recover_at: 5 };

describe('restart', () => {
  test('ends the open episode with the reason and begins after the present window', () => {
    const { state } = run(sampleRule(), minutes(11));
    const changed = sampleRule({ window: '2m' });
    const { state: next, events } = restart(changed, state, START + 600);
    expect(events).toMatchObject([{ kind: 'resolved', reason: 'rule_changed' }]);
    expect(next).toMatchObject({
      status: 'inactive',
      rule_version: changed.version,
      last_window_end: START + 600,
    });
    expect(next.outbox.map(({ event }) => event.kind)).toEqual(['firing', 'resolved']);
  });

  test('gives the reason when the rule was disabled', () => {
    const { state } = run(sampleRule(), minutes(11));
    expect(restart(sampleRule({ mode: 'disabled' }), state, START + 600).events).toMatchObject([
      { kind: 'resolved', reason: 'rule_disabled' },
    ]);
  });
});

describe('abandonWindows', () => {
  test('counts the windows and goes on after them', () => {
    const rule = sampleRule();
    const state = abandonWindows(rule, initialState(rule, WHOLE, START), 7);
    expect(state).toMatchObject({ last_window_end: START + 6 * 60, windows: { missed: 7 } });
  });
});
