import { describe, expect, test } from 'vitest';
import { type Evaluator, evaluateRules } from '../../functions/evaluate-alerts/evaluate-rules.ts';
import { type Courier, deliverNotification } from '../../functions/notify/deliver-notification.ts';
import { createMemoryAlertStateStore } from '../../lib/adapters/memory/alert-state-store.ts';
import { createMemoryDeliveryLog } from '../../lib/adapters/memory/delivery-log.ts';
import { createMemoryEventCounter } from '../../lib/adapters/memory/event-counter.ts';
import { sampleRule } from '../../lib/core/alert/rule.fixture.ts';
import { createKillSwitch, type KillPoint, killPoints } from '../support/kill-switch.ts';

const START = Date.parse('2026-01-01T12:00:00Z');
const MINUTE = 60_000;

/** The sandbox's rule: one error within five minutes. */
const RULE = sampleRule({
  id: 'orders-errors',
  filter: { levels: ['ERROR'] },
  window: '5m',
  condition: { operator: 'greater_than_or_equal', value: 1 },
});

interface Received {
  readonly id: string;
  readonly type: string;
  readonly minute: number;
}

/** The alerting half of Weir on memory adapters, with a clock that the test moves. */
function createWorld(rule = RULE) {
  let now = START;
  let open: string | undefined;
  let isReceiverUp = true;
  const pending: { body: string; dueAt: number }[] = [];
  const received: Received[] = [];
  const counter = createMemoryEventCounter();
  const evaluator: Evaluator = {
    rules: [rule],
    counter,
    states: createMemoryAlertStateStore(),
    ledger: { oldestOpen: async () => open },
    queue: {
      send: async (body, delaySeconds = 0) => {
        pending.push({ body, dueAt: now + delaySeconds * 1000 });
      },
    },
    marginSeconds: 30,
  };
  const courier: Courier = {
    log: createMemoryDeliveryLog(),
    queue: evaluator.queue,
    notifier: {
      post: async ({ headers, body }) => {
        if (!isReceiverUp) return { kind: 'unreachable', reason: 'ECONNREFUSED' };
        const minute = (now - START) / MINUTE;
        received.push({ id: String(headers['webhook-id']), type: JSON.parse(body).type, minute });
        return { kind: 'answered', status: 200 };
      },
    },
    channels: { webhook: 'https://example.com/' },
    secret: async () => Buffer.alloc(32),
    retrySeconds: [0, 5, 300, 1800, 7200],
    now: () => now,
    random: () => 0.5,
  };
  const world = {
    evaluator,
    courier,
    received,
    at: (minute: number) => {
      now = START + minute * MINUTE;
      return world;
    },
    /** An event at a fraction of a minute. */
    log: (minute: number, level = 'error') => {
      counter.events.push({ index: 'orders-1', at: START / 1000 + minute * 60, level, service: 'orders' });
    },
    /** A batch received at that minute is not settled yet; undefined when all are. */
    openBatch: (minute: number | undefined) => {
      open = minute === undefined ? undefined : new Date(START + minute * MINUTE).toISOString();
    },
    receiver: (state: 'up' | 'down') => {
      isReceiverUp = state === 'up';
    },
    tick: (changed: Partial<Evaluator> = {}) =>
      evaluateRules({ ...evaluator, ...changed }, new Date(now).toISOString()),
    /** Hands every message that is due to notify; one whose handling does not end comes back in 6 minutes. */
    deliver: async (changed: Partial<Courier> = {}) => {
      const due = pending.filter((message) => message.dueAt <= now);
      for (const message of due) {
        message.dueAt = now + 6 * MINUTE;
        await deliverNotification({ ...courier, ...changed }, message.body);
        pending.splice(pending.indexOf(message), 1);
      }
    },
    /** Ticks and delivers each minute. */
    run: async (from: number, to: number, tick: () => Promise<unknown> = world_tick) => {
      for (let minute = from; minute <= to; minute += 1) {
        world.at(minute);
        await tick();
        await world.deliver();
      }
    },
    types: () => received.map(({ type, minute }) => `${type}@${minute}`),
  };
  function world_tick() {
    return world.tick();
  }
  return world;
}

describe('alerting', () => {
  test('fires once per episode and resolves once, in each of two episodes', async () => {
    const world = createWorld();
    world.log(2.5);
    world.log(3.5);
    world.log(20.5);
    await world.run(1, 40);
    expect(world.types()).toEqual([
      'alert.firing@3',
      'alert.resolved@10',
      'alert.firing@21',
      'alert.resolved@27',
    ]);
    expect(new Set(world.received.map(({ id }) => id)).size).toBe(4);
  });

  test('sends each message once when two evaluators run at the same time', async () => {
    const world = createWorld();
    world.log(2.5);
    await world.run(1, 15, () => Promise.all([world.tick(), world.tick()]));
    expect(world.types()).toEqual(['alert.firing@3', 'alert.resolved@9']);
  });

  test('delivers later, under the same id, when the receiver was down', async () => {
    const world = createWorld();
    world.log(2.5);
    world.receiver('down');
    await world.run(1, 6);
    expect(world.received).toEqual([]);
    world.receiver('up');
    await world.run(7, 20);
    expect(world.types()).toEqual(['alert.firing@9', 'alert.resolved@9']);
    expect(new Set(world.received.map(({ id }) => id)).size).toBe(2);
  });

  test('never takes missing events for recovery while a batch is open', async () => {
    const world = createWorld();
    world.log(2.5);
    await world.run(1, 3);
    world.openBatch(3.2);
    await world.run(4, 13);
    expect(world.types()).toEqual(['alert.firing@3']);
    world.openBatch(undefined);
    await world.run(14, 16);
    expect(world.types()).toEqual(['alert.firing@3', 'alert.resolved@14']);
  });

  test('fires as soon as a late error is there, although the window is still incomplete', async () => {
    const world = createWorld();
    world.openBatch(2.6);
    await world.run(1, 6);
    expect(world.received).toEqual([]);
    world.log(2.5);
    await world.run(7, 7);
    expect(world.types()).toEqual(['alert.firing@7']);
  });

  test('fires on three events within five minutes although the third was indexed much later', async () => {
    const world = createWorld(
      sampleRule({ window: '5m', condition: { operator: 'greater_than_or_equal', value: 3 } }),
    );
    world.log(0.1);
    world.log(1.1);
    world.openBatch(2.2);
    await world.run(1, 9);
    world.log(2.1);
    world.openBatch(undefined);
    await world.run(10, 12);
    expect(world.types()[0]).toBe('alert.firing@10');
  });

  test('tells of a second breach soon after a recovery, and of no recovery that was not announced', async () => {
    const world = createWorld(
      sampleRule({
        condition: { operator: 'greater_than_or_equal', value: 1 },
        notify: { repeat: '1h', channels: [{ id: 'webhook' }] },
      }),
    );
    world.log(0.5);
    for (let minute = 20; minute < 180; minute += 1) world.log(minute + 0.5);
    await world.run(1, 190);
    expect(world.types()).toEqual([
      'alert.firing@1',
      'alert.resolved@3',
      'alert.firing@21',
      'alert.still_firing@81',
      'alert.still_firing@141',
      'alert.resolved@182',
    ]);
  });

  test('changes nothing when ticks come again, late or in the wrong order', async () => {
    const world = createWorld();
    world.log(2.5);
    for (const minute of [1, 3, 2, 3, 1, 5, 4, 9, 9, 8, 12]) {
      world.at(minute);
      await world.tick();
      await world.deliver();
    }
    expect(world.types()).toEqual(['alert.firing@3', 'alert.resolved@9']);
  });

  test('ignores events of another level', async () => {
    const world = createWorld();
    world.log(2.5, 'info');
    await world.run(1, 10);
    expect(world.received).toEqual([]);
  });
});

describe('alerting, killed between any two side effects,', () => {
  /** Evaluates and delivers the minute of the breach, under a kill switch, and then goes on without it. */
  async function runKilled(point?: KillPoint) {
    const world = createWorld();
    const { states, queue } = world.evaluator;
    const { log, notifier } = world.courier;
    const kill = createKillSwitch(point);
    world.log(2.5);
    await world.run(1, 2);
    world.at(3);
    const guardedQueue = { send: kill.guard(queue.send) };
    const guarded = {
      states: {
        ...states,
        compareAndSet: kill.guard(states.compareAndSet),
        clearOutbox: kill.guard(states.clearOutbox),
      },
      queue: guardedQueue,
    };
    const carried = {
      queue: guardedQueue,
      log: { ...log, claim: kill.guard(log.claim), record: kill.guard(log.record) },
      notifier: { post: kill.guard(notifier.post) },
    };
    await kill.run(world.tick(guarded).then(() => world.deliver(carried)));
    await world.run(4, 30);
    return { effects: kill.effects(), received: world.received };
  }

  test('tells everything it would have told, and repeats a message only under its own id', async () => {
    const calm = await runKilled();
    const ids = new Set(calm.received.map(({ id }) => id));
    expect(calm).toMatchObject({
      effects: 6,
      received: [{ type: 'alert.firing' }, { type: 'alert.resolved' }],
    });
    for (const point of killPoints(calm.effects)) {
      const { received } = await runKilled(point);
      expect({ point, ids: new Set(received.map(({ id }) => id)) }).toEqual({ point, ids });
      expect({ point, messages: received.length }).toEqual({
        point,
        messages: expect.toSatisfy((n) => n <= 3),
      });
    }
  });
});
