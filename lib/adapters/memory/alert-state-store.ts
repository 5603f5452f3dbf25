import type { AlertKey, AlertStateStore, StoredAlert } from '../../ports/alert-state-store.ts';

interface Item extends StoredAlert {
  readonly updatedAt: string;
}

/** An AlertStateStore that lives as long as the process. */
export function createMemoryAlertStateStore(): AlertStateStore {
  const items = new Map<string, Item>();
  const nameOf = ({ rule, group }: AlertKey) => JSON.stringify([rule, group]);
  const write = (key: AlertKey, item: Item) => {
    items.set(nameOf(key), item);
    return { kind: 'stored', version: item.version } as const;
  };
  return {
    async load(keys) {
      return keys.flatMap((key) => toStored(items.get(nameOf(key))));
    },
    async compareAndSet(version, state, now) {
      const item = items.get(nameOf(state));
      const isLater = item === undefined || item.state.last_window_end < state.last_window_end;
      if ((item?.version ?? 0) !== version || !isLater) return { kind: 'conflict' };
      return write(state, { state, version: version + 1, updatedAt: now });
    },
    async clearOutbox(version, key, now) {
      const item = items.get(nameOf(key));
      if (item?.version !== version) return { kind: 'conflict' };
      return write(key, { state: { ...item.state, outbox: [] }, version: version + 1, updatedAt: now });
    },
    async listUnsent(before) {
      const unsent = [...items.values()].filter((item) => item.state.outbox.length > 0);
      return unsent.filter((item) => item.updatedAt < before).flatMap(toStored);
    },
  };
}

function toStored(item: Item | undefined): StoredAlert[] {
  return item === undefined ? [] : [{ state: item.state, version: item.version }];
}
