import type { ArchiveCompression } from '../../lib/core/archive/archive-file.ts';
import { parkedEvents, readParkedKey } from '../../lib/core/archive/parked-file.ts';
import { quarantineKey, unpackQuarantine } from '../../lib/core/batch/quarantined-record.ts';
import type { EventIndex } from '../../lib/ports/event-index.ts';
import type { Ledger } from '../../lib/ports/ledger.ts';
import type { ObjectStore, ObjectSummary } from '../../lib/ports/object-store.ts';
import { type DeliveryWork, startDelivery } from '../../lib/runtime/delivery-work.ts';
import {
  createEventDispatcher,
  type EventDispatcher,
  type IndexHealth,
} from '../../lib/runtime/event-dispatcher.ts';
import type { InternalEvents } from '../../lib/runtime/internal-events.ts';
import { writeArchive } from '../../lib/runtime/write-archive.ts';
import { writeQuarantine } from '../../lib/runtime/write-quarantine.ts';

/** Where batches come back from, and go to. */
export interface Unparking {
  readonly ledger: Ledger;
  readonly objects: ObjectStore;
  readonly index: EventIndex;
  readonly events: InternalEvents;
  readonly archiveCompression: ArchiveCompression;
}

interface ParkedBatch {
  readonly key: string;
  readonly bytes: Buffer;
  readonly work: DeliveryWork;
}

/**
 * Takes parked batches to the index, the archive and the quarantine, moves their counts in the ledger, and removes their
 * objects. In this order a kill in between leaves the object: the next run finds the documents and moves the same
 * counts. What the index does not take by `deadlineMs` (epoch ms) stays parked. Returns what the index showed.
 */
export async function unparkBatches(
  unparking: Unparking,
  parked: readonly ObjectSummary[],
  deadlineMs: number,
): Promise<IndexHealth> {
  const { index, objects, events, archiveCompression } = unparking;
  const opened = await Promise.all(parked.map(({ key }) => openParked(unparking, key)));
  const batches = opened.filter((batch) => batch !== undefined);
  const dispatcher = createEventDispatcher(index, deadlineMs, (error) =>
    events.failed('DELIVERY_FAILED', error),
  );
  for (const batch of batches) await deliverParked(unparking, dispatcher, batch);
  await dispatcher.drain();
  const complete = batches.filter(({ work }) => work.deferredBecause === undefined);
  await writeArchive(
    objects,
    complete.map(({ work }) => work),
    archiveCompression,
  );
  await Promise.all(complete.map((batch) => settleParked(unparking, batch)));
  return dispatcher.health();
}

/** Fetches a parked batch; undefined where there is nothing to un-park (yet). */
async function openParked(
  { ledger, objects, events }: Unparking,
  key: string,
): Promise<ParkedBatch | undefined> {
  const parked = readParkedKey(key);
  if (parked === undefined) {
    events.failed('PARKED_UNREADABLE', `${key} is not the name of a parked object`);
    return undefined;
  }
  const { day, batch } = parked;
  const entry = await ledger.find(batch);
  // Its message is still on the queue: another delivery will settle it as parked, or do without this object.
  if (entry?.state === 'accepted') return undefined;
  if (entry !== undefined && entry.parked === undefined) {
    await objects.delete(key);
    return undefined;
  }
  const bytes = await objects.get(key);
  // The entry expires after some months; the events are owed all the same.
  const receivedAt = entry?.receivedAt ?? `${day}T00:00:00.000Z`;
  return bytes && { key, bytes, work: startDelivery(batch, receivedAt, true) };
}

async function deliverParked(
  { events }: Unparking,
  dispatcher: EventDispatcher,
  { key, bytes, work }: ParkedBatch,
): Promise<void> {
  try {
    for (const { _index, _id, _position, _time_ms, _has_own_id, _source } of parkedEvents(key, bytes)) {
      await dispatcher.add({
        work,
        event: _source,
        index: _index,
        id: _id,
        json: JSON.stringify(_source),
        position: _position,
        timeMs: _time_ms,
        hasOwnId: _has_own_id,
      });
    }
  } catch (error) {
    events.failed('PARKED_UNREADABLE', error);
    work.deferredBecause = 'the parked object is damaged';
  }
}

async function settleParked({ ledger, objects, events }: Unparking, batch: ParkedBatch): Promise<void> {
  const { key, work } = batch;
  const { indexed, duplicate, quarantined } = work;
  if (quarantined.length > 0) await quarantine(objects, work);
  const recovery = { indexed, duplicate, quarantined: quarantined.length };
  const outcome = await ledger.recover(work.batch, recovery);
  if (outcome === 'recovered') events.batchRecovered(recovery);
  await objects.delete(key);
}

/** Beside what was quarantined when the batch was parked. What the index refused before was parked, and is decided now. */
async function quarantine(
  objects: ObjectStore,
  { batch, receivedAt, quarantined }: DeliveryWork,
): Promise<void> {
  const before = await objects.get(quarantineKey(receivedAt, batch));
  const kept = before === undefined ? [] : unpackQuarantine(before).filter(({ step }) => step !== 'index');
  await writeQuarantine(objects, receivedAt, batch, [...kept, ...quarantined]);
}
