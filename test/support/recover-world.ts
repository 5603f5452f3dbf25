import type { Recovering } from '../../functions/recover/recover-batches.ts';
import { createMemoryBreaker } from '../../lib/adapters/memory/breaker.ts';
import { createMemoryEventIndex, type Fault } from '../../lib/adapters/memory/event-index.ts';
import { createMemoryLedger } from '../../lib/adapters/memory/ledger.ts';
import { createMemoryObjectStore } from '../../lib/adapters/memory/object-store.ts';
import { packArchive } from '../../lib/core/archive/archive-file.ts';
import { parkedKey, parkedLine } from '../../lib/core/archive/parked-file.ts';
import { NOTHING_SETTLED } from '../../lib/core/batch/law.ts';
import { SILENT_EVENTS } from './silent-events.ts';

const RECEIVED_AT = '2026-11-21T10:00:00.000Z';
const INDEX = 'logs-shop-default';

/** `recover` and everything around it, in memory, with a domain that is well. */
export function makeRecoverWorld(fault?: Fault) {
  const ledger = createMemoryLedger();
  const objects = createMemoryObjectStore();
  const index = createMemoryEventIndex(fault);
  const breaker = createMemoryBreaker();
  const recovering: Recovering = {
    ledger,
    objects,
    index,
    breaker,
    domain: { name: 'opensearch', check: async () => ({ status: 'up' }) },
    events: SILENT_EVENTS,
    now: () => 0,
    archiveCompression: 'zstd',
    maxUnparkBytes: 1_000_000,
  };
  return { ledger, objects, index, breaker, recovering };
}

export type RecoverWorld = ReturnType<typeof makeRecoverWorld>;

/** Leaves a batch in the ledger as `process` does that has begun, but not settled it. */
export async function openBatch({ ledger }: Pick<RecoverWorld, 'ledger'>, batch: string, count: number) {
  await ledger.begin({
    ...{ batch, request: 'request-1', source: 'shop', receivedAt: RECEIVED_AT },
    ...{ count, bytes: 100, bodyHash: 'hash' },
  });
}

/** Writes the parked object of a batch, one event for each message. Returns its key. */
export async function putParked(
  { objects }: Pick<RecoverWorld, 'objects'>,
  batch: string,
  messages: readonly string[],
  hasOwnId = false,
): Promise<string> {
  const lines = messages.map((message, position) => {
    const place = { _index: INDEX, _id: parkedId(batch, position), _position: position };
    const json = JSON.stringify({ message, weir: { batch } });
    return parkedLine({ ...place, _time_ms: Date.parse(RECEIVED_AT), _has_own_id: hasOwnId }, json);
  });
  const key = parkedKey(RECEIVED_AT, batch);
  await objects.put(key, packArchive(lines, 'zstd'), 'application/x-ndjson');
  return key;
}

/** Parks and settles a batch as `process` does. Returns the key of its object. */
export async function parkBatch(
  world: Pick<RecoverWorld, 'ledger' | 'objects'>,
  batch: string,
  messages: readonly string[],
): Promise<string> {
  const count = messages.length;
  await openBatch(world, batch, count);
  const key = await putParked(world, batch, messages);
  await world.ledger.settle(batch, { ...NOTHING_SETTLED, archived_only: count }, count, count);
  return key;
}

/** The id of a parked event of these builders. */
export function parkedId(batch: string, position: number): string {
  return `${batch}-${position}`;
}
