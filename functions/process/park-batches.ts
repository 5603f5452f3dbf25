import { NDJSON_TYPE, packArchive } from '../../lib/core/archive/archive-file.ts';
import { parkedKey, parkedLine } from '../../lib/core/archive/parked-file.ts';
import type { BatchWork } from './batch-work.ts';
import { type BatchReader, readEvents } from './read-events.ts';
import { type Settling, settleBatches } from './settle-batches.ts';

/**
 * Settles batches without the index: their events go under `parked/`, ready to be created, and count as archived only.
 * A kill before the ledger leaves the batch open; its next delivery writes the same object again, or does without it,
 * and then `recover` removes it.
 */
export async function parkBatches(
  parking: BatchReader & Settling,
  works: readonly BatchWork[],
): Promise<void> {
  for (const work of works) {
    if (work.deferredBecause === undefined) await parkBatch(parking, work);
  }
  await settleBatches(parking, works);
}

async function parkBatch(parking: BatchReader & Settling, work: BatchWork): Promise<void> {
  const lines: string[] = [];
  try {
    for await (const { index, id, position, timeMs, hasOwnId, json } of readEvents(parking, work)) {
      const placed = { _index: index, _id: id, _position: position, _time_ms: timeMs, _has_own_id: hasOwnId };
      lines.push(parkedLine(placed, json));
    }
    if (lines.length === 0) return;
    await parking.objects.put(
      parkedKey(work.receivedAt, work.batch),
      packArchive(lines, 'zstd'),
      NDJSON_TYPE,
    );
    work.parked = lines.length;
  } catch (error) {
    parking.events.failed('PARKING_FAILED', error);
    work.deferredBecause = 'the batch cannot be parked';
  }
}
