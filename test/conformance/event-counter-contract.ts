import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CountQuery } from '../../lib/core/query/count-query.ts';
import type { EventCounter } from '../../lib/ports/event-counter.ts';

/** An event as far as a count looks at it; `at` in epoch seconds. */
export interface CountableEvent {
  readonly index: string;
  readonly at: number;
  readonly level: string;
  readonly service: string;
}

const AT = 1_767_268_800;

/** What every EventCounter does. `create` gives one over these events, indexed a moment ago. */
export function defineEventCounterContract(
  name: string,
  create: (events: readonly CountableEvent[]) => Promise<EventCounter>,
): void {
  const eventsOf = (prefix: string): CountableEvent[] => [
    { index: `${prefix}-a`, at: AT, level: 'error', service: 'orders' },
    { index: `${prefix}-a`, at: AT + 59, level: 'error', service: 'pay' },
    { index: `${prefix}-a`, at: AT + 60, level: 'error', service: 'orders' },
    { index: `${prefix}-b`, at: AT + 30, level: 'info', service: 'orders' },
  ];

  describe(`the event counter contract, ${name}`, () => {
    const countAll = async (...changes: Partial<CountQuery>[]) => {
      const prefix = `count${randomUUID().slice(0, 8)}`;
      const counter = await create(eventsOf(prefix));
      const window = { start: AT, end: AT + 60 };
      const queries = changes.map((change) => ({
        levels: [],
        services: [],
        window,
        ...change,
        indices: (change.indices ?? ['-*']).map((suffix) => prefix + suffix),
      }));
      return counter.count(queries);
    };
    const counted = (value: number) => ({ kind: 'counted', value });

    test('counts the half-open window over all that a pattern names', async () => {
      expect(await countAll({})).toEqual([counted(3)]);
    });

    test('filters by level, service and index', async () => {
      const outcomes = await countAll(
        { levels: ['error'] },
        { services: ['orders'] },
        { levels: ['error'], services: ['orders', 'pay'] },
        { indices: ['-b'] },
        { indices: ['-a', '-b'] },
      );
      expect(outcomes).toEqual([2, 2, 2, 1, 3].map(counted));
    });

    test('counts nothing where an index does not exist', async () => {
      expect(await countAll({ indices: ['-missing'] }, { indices: ['-missing-*'] })).toEqual([
        counted(0),
        counted(0),
      ]);
    });

    test('answers no query with nothing', async () => {
      expect(await countAll()).toEqual([]);
    });
  });
}
