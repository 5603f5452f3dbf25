import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from './evaluate.ts';
import type { AlertEvent } from './event.ts';
import { sampleRule } from './rule.fixture.ts';
import type { Rule } from './rule.ts';
import { dueWindows } from './schedule.ts';
import { type AlertState, initialState, WHOLE } from './state.ts';
import type { CountOutcome, Observation } from './verdict.ts';
import { completeness } from './watermark.ts';

const START = 1_200_000;
const NO_LIMIT = { maxWindows: 10_000, maxPerTick: 10_000 };

/** One minute of a made-up history. */
interface Minute {
  /** Final count of the window that ends here. */
  readonly value: number;
  /** How many minutes the watermark lags behind when this minute's tick looks. */
  readonly lag: number;
  readonly fails: boolean;
  /** Earlier ticks that are delivered once more after this one, as steps back. */
  readonly repeats: readonly number[];
}

const often = <Value>(usual: fc.Arbitrary<Value>, unusual: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: unusual });

const minute: fc.Arbitrary<Minute> = fc.record({
  value: fc.constantFrom(0, 7, 10, 11, 60),
  lag: often(fc.constant(0), fc.integer({ min: 1, max: 15 })),
  fails: often(fc.constant(false), fc.constant(true)),
  repeats: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 3 }),
});
const history = fc.array(minute, { minLength: 1, maxLength: 40, size: 'max' });

const rule: fc.Arbitrary<Rule> = fc
  .record({
    operator: fc.constantFrom('greater_than', 'greater_than_or_equal', 'less_than', 'equals'),
    of: fc.integer({ min: 1, max: 6 }),
    breaches: fc.integer({ min: 1, max: 3 }),
    clears: fc.integer({ min: 1, max: 3 }),
    keep: fc.constantFrom('0s', '2m'),
    repeat: fc.constantFrom('1m', '3m'),
    mode: fc.constantFrom('live', 'shadow'),
  })
  .map(({ operator, of, breaches, clears, keep, repeat, mode }) =>
    sampleRule({
      mode,
      condition: { operator, value: 10, ...(operator === 'greater_than' ? { recover_at: 5 } : {}) },
      for: { breaches: Math.min(breaches, of), of },
      recover: { clears, keep_firing_for: keep },
      notify: { repeat, channels: [{ id: 'webhook' }] },
    }),
  );

/** What the tick at minute `at` sees of a window. Of a window after the watermark, half the events are there. */
function look(minutes: readonly Minute[], at: number, end: number): Observation {
  const tick = minutes[at];
  const final = minutes[(end - START) / 60 - 1]?.value ?? 0;
  const now = START + (at + 1) * 60;
  const window = { start: end - 60, end };
  const share = completeness(window, now - (tick?.lag ?? 0) * 60);
  const value = share < 1 ? Math.floor(final / 2) : final;
  const outcome: CountOutcome = tick?.fails ? { kind: 'failed', reason: 'red' } : { kind: 'counted', value };
  return { window, scheduledAt: now, completeness: share, outcome };
}

interface Step {
  readonly before: AlertState;
  readonly after: AlertState;
  readonly observation: Observation;
  readonly events: readonly AlertEvent[];
}

function simulate(given: Rule, minutes: readonly Minute[], withRepeats: boolean): Step[] {
  const steps: Step[] = [];
  let state = initialState(given, WHOLE, START + 60);
  const tick = (at: number) => {
    const { windows } = dueWindows(given, state.last_window_end, START + (at + 1) * 60, NO_LIMIT);
    for (const window of windows) {
      const observation = look(minutes, at, window.end);
      const step = evaluate(given, state, observation);
      steps.push({ before: state, after: step.state, observation, events: step.events });
      state = step.state;
    }
  };
  for (const [at, { repeats }] of minutes.entries()) {
    tick(at);
    if (withRepeats) for (const back of repeats) tick(Math.max(0, at - back));
  }
  return steps;
}

const eventsOf = (steps: readonly Step[]) => steps.flatMap((step) => step.events);

function everySimulation(check: (steps: Step[], given: Rule, minutes: readonly Minute[]) => void): void {
  fc.assert(
    fc.property(rule, history, (given, minutes) => {
      check(simulate(given, minutes, true), given, minutes);
    }),
    { numRuns: 300 },
  );
}

describe('evaluate, over any history of counts, lags, failures and repeated ticks,', () => {
  test('gives the same state and events whichever ticks are repeated (I1)', () => {
    everySimulation((steps, given, minutes) => {
      const once = simulate(given, minutes, false);
      expect(steps.at(-1)?.after).toEqual(once.at(-1)?.after);
      expect(eventsOf(steps)).toEqual(eventsOf(once));
    });
  });

  test('never gives two events the same id (I1)', () => {
    everySimulation((steps) => {
      const ids = eventsOf(steps).map((event) => event.id);
      expect(new Set(ids).size).toBe(ids.length);
    });
  });

  test('resolves exactly the episodes that were told of, after telling (I2)', () => {
    everySimulation((steps) => {
      const outbox = steps.at(-1)?.after.outbox ?? [];
      const told = new Set<string>();
      for (const { event } of outbox) {
        if (event.kind === 'firing') told.add(event.episode);
        else expect(told).toContain(event.episode);
        if (event.kind === 'resolved') told.delete(event.episode);
      }
      const open = steps.at(-1)?.after.episode;
      expect([...told]).toEqual(open === undefined || open.told.length === 0 ? [] : [open.id]);
    });
  });

  test('leaves no episode of a live rule unannounced (I3)', () => {
    everySimulation((steps, given) => {
      for (const { after } of steps) {
        if (after.episode !== undefined && given.mode === 'live')
          expect(after.episode.told).toEqual(['webhook']);
      }
    });
  });

  test('counts nothing as clear that was incomplete or failed (I4)', () => {
    everySimulation((steps) => {
      for (const { before, after, observation, events } of steps) {
        const clears = (after.episode?.clears ?? 0) > (before.episode?.clears ?? 0);
        const ends = events.some((event) => event.kind === 'resolved');
        const forgets = before.status === 'pending' && after.status === 'inactive';
        if (!clears && !ends && !forgets) continue;
        expect(observation.outcome.kind).toBe('counted');
        expect(observation.completeness).toBe(1);
      }
    });
  });

  test('decides windows in order and at most once, and accounts for each (I5, I6)', () => {
    everySimulation((steps) => {
      const first = steps[0]?.before.last_window_end ?? 0;
      for (const { before, after, observation } of steps) {
        if (after === before) continue;
        expect(after.last_window_end).toBe(observation.window.end);
        expect(after.last_window_end).toBeGreaterThan(before.last_window_end);
        const { decided, undecided, missed } = after.windows;
        expect(decided + undecided + missed).toBe((after.last_window_end - first) / 60);
      }
    });
  });

  test('moves a shadow rule exactly as a live one (I7)', () => {
    fc.assert(
      fc.property(rule, history, (given, minutes) => {
        const statuses = (['live', 'shadow'] as const).map((mode) =>
          simulate({ ...given, mode }, minutes, true).map(({ after }) => [after.status, after.episode?.id]),
        );
        expect(statuses[0]).toEqual(statuses[1]);
      }),
    );
  });
});
