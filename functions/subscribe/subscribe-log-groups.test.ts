import { describe, expect, test } from 'vitest';
import { createMemoryLogGroups } from '../../lib/adapters/memory/log-groups.ts';
import type { LogGroup } from '../../lib/core/subscribe/log-group.ts';
import type { SubscriptionSettings } from '../../lib/core/subscribe/plan-subscription.ts';
import type { LogGroups } from '../../lib/ports/log-groups.ts';
import type { Trigger } from './read-trigger.ts';
import { MAX_GROUPS_A_RUN, subscribeLogGroups } from './subscribe-log-groups.ts';

const filter = { name: 'weir-dev', pattern: '', destinationArn: 'arn:weir' };
const settings: SubscriptionSettings = {
  filter,
  prefixes: ['/apps/'],
  tag: { key: 'weir', value: 'true' },
  exclude: [],
  ownPrefix: 'Weir-',
};
const tickAt = (minute: number): Trigger => ({
  kind: 'tick',
  time: new Date(Date.UTC(2026, 10, 21, 10, minute)).toISOString(),
});
const created = (logGroup: string): Trigger => ({ kind: 'created', logGroup });

const groupOf = (name: string, rest: Partial<LogGroup> = {}): LogGroup => ({
  name,
  tags: {},
  filters: [],
  ...rest,
});

async function run(groups: LogGroups, trigger = tickAt(0)): Promise<Record<string, string>> {
  const reports = await subscribeLogGroups({ groups, settings }, trigger);
  return Object.fromEntries(reports.map(({ logGroup, kind }) => [logGroup, kind]));
}

const subscribedOf = (world: ReturnType<typeof createMemoryLogGroups>): string[] =>
  [...world.groups.values()].filter(({ filters }) => filters.includes(filter)).map(({ name }) => name);

describe('subscribeLogGroups', () => {
  test('subscribes what matches, takes its filter off the rest, and does nothing the second time', async () => {
    const world = createMemoryLogGroups([
      groupOf('/apps/shop'),
      groupOf('tagged', { tags: { weir: 'true' } }),
      groupOf('no-more', { filters: [filter] }),
      groupOf('Weir-dev-Ingest-Log', { tags: { weir: 'true' }, filters: [filter] }),
      groupOf('/apps/full', {
        filters: ['a', 'b'].map((name) => ({ ...filter, name, destinationArn: name })),
      }),
    ]);
    expect(await run(world)).toEqual({
      '/apps/shop': 'subscribe',
      tagged: 'subscribe',
      'no-more': 'unsubscribe',
      'Weir-dev-Ingest-Log': 'unsubscribe',
      '/apps/full': 'conflict',
    });
    expect(subscribedOf(world)).toEqual(['/apps/shop', 'tagged']);
    const before = structuredClone(world.groups);
    expect(new Set(Object.values(await run(world)))).toEqual(new Set(['keep', 'skip', 'conflict']));
    expect(world.groups).toEqual(before);
  });

  test('subscribes a log group that was just made, and looks at no other', async () => {
    const world = createMemoryLogGroups([groupOf('/apps/shop'), groupOf('/apps/shop-eu')]);
    expect(await run(world, created('/apps/shop'))).toEqual({ '/apps/shop': 'subscribe' });
    expect(subscribedOf(world)).toEqual(['/apps/shop']);
  });

  test('does nothing for a log group that is gone again', async () => {
    const world = createMemoryLogGroups([groupOf('/apps/shop-eu')]);
    expect(await run(world, created('/apps/shop'))).toEqual({});
    expect(await run(world, created('/other'))).toEqual({});
    const lost = { ...world, describe: async () => undefined };
    expect(await run(lost)).toEqual({ '/apps/shop-eu': 'gone' });
  });

  test('goes on with the others where one fails, and says which', async () => {
    const world = createMemoryLogGroups(['a', 'b', 'c'].map((name) => groupOf(`/apps/${name}`)));
    const denied = new Error('denied');
    const groups: LogGroups = {
      ...world,
      subscribe: (name, wanted) =>
        name === '/apps/b' ? Promise.reject(denied) : world.subscribe(name, wanted),
    };
    const reports = await subscribeLogGroups({ groups, settings }, tickAt(0));
    expect(reports).toContainEqual({ logGroup: '/apps/b', kind: 'failed', error: denied });
    expect(subscribedOf(world)).toEqual(['/apps/a', '/apps/c']);
  });

  test('looks at a bounded number of log groups in a run, and at the others in the next', async () => {
    const names = Array.from({ length: MAX_GROUPS_A_RUN + 50 }, (_, place) => `/apps/${place}`);
    const world = createMemoryLogGroups(names.map((name) => groupOf(name)));
    expect(Object.keys(await run(world, tickAt(0)))).toHaveLength(MAX_GROUPS_A_RUN);
    // The same tick again is the same part.
    await run(world, tickAt(0));
    expect(subscribedOf(world)).toHaveLength(MAX_GROUPS_A_RUN);
    await run(world, tickAt(5));
    expect(subscribedOf(world)).toHaveLength(names.length);
  });
});
