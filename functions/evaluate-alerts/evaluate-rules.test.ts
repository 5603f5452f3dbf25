import { describe, expect, test } from 'vitest';
import { createMemoryAlertStateStore } from '../../lib/adapters/memory/alert-state-store.ts';
import { createMemoryEventCounter } from '../../lib/adapters/memory/event-counter.ts';
import { createMemoryMessageQueue } from '../../lib/adapters/memory/message-queue.ts';
import { sampleRule } from '../../lib/core/alert/rule.fixture.ts';
import { Notification } from '../../lib/core/notify/notification.ts';
import { type Evaluator, evaluateRules } from './evaluate-rules.ts';

const START = Date.parse('2026-01-01T12:00:00Z') / 1000;
const RULE = sampleRule({ condition: { operator: 'greater_than_or_equal', value: 1 } });

function setUp(changes: Partial<Evaluator> = {}) {
  const counter = createMemoryEventCounter();
  const queue = createMemoryMessageQueue();
  const evaluator: Evaluator = {
    rules: [RULE],
    counter,
    states: createMemoryAlertStateStore(),
    ledger: { oldestOpen: async () => undefined },
    queue,
    marginSeconds: 30,
    ...changes,
  };
  return {
    evaluator,
    counter,
    /** An error so many seconds after the start. */
    log: (second: number) =>
      counter.events.push({ index: 'orders-1', at: START + second, level: 'error', service: 'orders' }),
    /** The tick of a minute after the start. */
    tick: (minute: number, changed: Partial<Evaluator> = {}) =>
      evaluateRules({ ...evaluator, ...changed }, new Date((START + minute * 60) * 1000).toISOString()),
    sent: () => queue.messages.map(({ body }) => Notification.parse(JSON.parse(body)).event.kind),
    stateOf: async (rule = 'sample') => (await evaluator.states.load([{ rule, group: 'all' }]))[0]?.state,
  };
}

describe('evaluateRules', () => {
  test('puts the message of a breach on the queue and empties the outbox', async () => {
    const { log, tick, sent, stateOf } = setUp();
    log(30);
    expect(await tick(1)).toMatchObject({
      recovered: 0,
      rules: [{ kind: 'evaluated', rule: 'sample', events: [{ kind: 'firing', value: 1 }], passedOver: 0 }],
    });
    expect(sent()).toEqual(['firing']);
    expect(await stateOf()).toMatchObject({ status: 'firing', outbox: [] });
  });

  test('remembers the first window of a rule when it cannot be decided yet', async () => {
    const { tick, stateOf } = setUp();
    await tick(1);
    expect(await stateOf()).toMatchObject({ status: 'inactive', last_window_end: START });
  });

  test('writes nothing when nothing was decided', async () => {
    const { evaluator, tick } = setUp({ marginSeconds: 90 });
    await tick(1);
    await tick(2);
    expect(await evaluator.states.load([{ rule: 'sample', group: 'all' }])).toMatchObject([{ version: 1 }]);
  });

  test('reads the ledger before it counts', async () => {
    const calls: string[] = [];
    const { tick } = setUp({
      ledger: {
        oldestOpen: async () => {
          calls.push('ledger');
          return undefined;
        },
      },
      counter: {
        count: async (queries) => {
          calls.push('count');
          return queries.map(() => ({ kind: 'counted', value: 0 }));
        },
      },
    });
    await tick(1);
    expect(calls).toEqual(['ledger', 'count']);
  });

  test('asks once for the windows of all rules, those of the last tick that are still due included', async () => {
    const asked: number[] = [];
    const { tick } = setUp({
      rules: [RULE, sampleRule({ id: 'other' })],
      counter: {
        count: async (queries) => {
          asked.push(queries.length);
          return queries.map(() => ({ kind: 'counted', value: 0 }));
        },
      },
    });
    await tick(1);
    await tick(2);
    expect(asked).toEqual([2, 4]);
  });

  test('does not move when the count fails, and says why', async () => {
    const { counter, log, tick, stateOf } = setUp();
    log(30);
    await tick(1);
    counter.failure = 'status 503';
    expect((await tick(2)).rules).toMatchObject([{ events: [], queryFailures: ['status 503'] }]);
    expect(await stateOf()).toMatchObject({ status: 'firing', last_window_end: START + 60 });
  });

  test('catches up with the windows of a pause, in order', async () => {
    const { log, tick, sent, stateOf } = setUp();
    await tick(1);
    await tick(2);
    log(150);
    await tick(10);
    expect(sent()).toEqual(['firing', 'resolved']);
    expect(await stateOf()).toMatchObject({ status: 'inactive', last_window_end: START + 540 });
  });

  test('counts the windows of a pause that was too long', async () => {
    const { tick } = setUp();
    await tick(1);
    await tick(2);
    expect((await tick(2000)).rules).toMatchObject([{ passedOver: 1999 - 1440 }]);
  });

  test('evaluates the other rules when one cannot be written', async () => {
    const states = createMemoryAlertStateStore();
    const { log, tick, sent } = setUp({
      rules: [sampleRule({ ...LOW, id: 'bad' }), sampleRule({ ...LOW, id: 'good' })],
      states: {
        ...states,
        compareAndSet: async (version, state, now) => {
          if (state.rule === 'bad') throw new Error('throttled');
          return states.compareAndSet(version, state, now);
        },
      },
    });
    log(30);
    expect((await tick(1)).rules.map((rule) => rule.kind)).toEqual(['failed', 'evaluated']);
    expect(sent()).toEqual(['firing']);
  });

  test('sends what an earlier tick could not send', async () => {
    const { log, tick, sent } = setUp();
    log(30);
    const broken = { send: async () => Promise.reject(new Error('queue is down')) };
    expect((await tick(1, { queue: broken })).rules).toMatchObject([{ kind: 'failed' }]);
    expect(sent()).toEqual([]);
    expect((await tick(2)).recovered).toBe(1);
    expect(sent()).toEqual(['firing']);
  });

  test('ends the episode of a rule that was disabled, once', async () => {
    const { log, tick, sent } = setUp();
    log(30);
    await tick(1);
    const disabled = { rules: [sampleRule({ ...LOW, mode: 'disabled' })] };
    await tick(2, disabled);
    await tick(3, disabled);
    expect(sent()).toEqual(['firing', 'resolved']);
  });

  test('begins anew when the meaning of a rule changes in the middle of an episode', async () => {
    const { log, tick, sent, stateOf } = setUp();
    log(30);
    await tick(1);
    const changed = { rules: [sampleRule({ ...LOW, window: '2m' })] };
    await tick(2, changed);
    log(150);
    await tick(3, changed);
    expect(sent()).toEqual(['firing', 'resolved', 'firing']);
    expect(await stateOf()).toMatchObject({ rule_version: changed.rules[0]?.version });
  });
});

const LOW = { condition: { operator: 'greater_than_or_equal', value: 1 } };
