import { NDJSON_TYPE } from '../core/archive/archive-file.ts';
import { packQuarantine, type QuarantinedRecord, quarantineKey } from '../core/batch/quarantined-record.ts';
import type { ObjectStore } from '../ports/object-store.ts';

/** Writes, or replaces, what is quarantined of a batch; nothing where nothing is. */
export async function writeQuarantine(
  objects: Pick<ObjectStore, 'put'>,
  receivedAt: string,
  batch: string,
  records: readonly QuarantinedRecord[],
): Promise<void> {
  if (records.length === 0) return;
  await objects.put(quarantineKey(receivedAt, batch), packQuarantine(records), NDJSON_TYPE);
}
