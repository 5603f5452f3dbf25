import type { LogGroup, SubscriptionFilter } from '../../core/subscribe/log-group.ts';
import type { LogGroups } from '../../ports/log-groups.ts';

/** LogGroups that live as long as the process: each begins with its tags and filters, and can be looked at by name. */
export function createMemoryLogGroups(
  initial: readonly LogGroup[],
): LogGroups & { readonly groups: ReadonlyMap<string, LogGroup> } {
  const groups = new Map(initial.map((group) => [group.name, group]));
  const filtersBut = (group: LogGroup, filterName: string): SubscriptionFilter[] =>
    group.filters.filter(({ name }) => name !== filterName);
  return {
    groups,
    async *list(prefix = '') {
      for (const name of [...groups.keys()].sort()) {
        if (name.startsWith(prefix))
          yield { name, arn: `arn:aws:logs:memory:000000000000:log-group:${name}` };
      }
    },
    async describe({ name }) {
      return groups.get(name);
    },
    async subscribe(logGroup, filter) {
      const group = groups.get(logGroup);
      if (group === undefined) throw new Error(`There is no log group ${logGroup}.`);
      groups.set(logGroup, { ...group, filters: [...filtersBut(group, filter.name), filter] });
    },
    async unsubscribe(logGroup, filterName) {
      const group = groups.get(logGroup);
      if (group !== undefined) groups.set(logGroup, { ...group, filters: filtersBut(group, filterName) });
    },
  };
}
