import type { ArchiveCompression } from '../../lib/core/archive/archive-file.ts';
import type { Settlement } from '../../lib/core/batch/law.ts';
import type { Ledger } from '../../lib/ports/ledger.ts';
import type { ObjectStore } from '../../lib/ports/object-store.ts';
import type { InternalEvents } from '../../lib/runtime/internal-events.ts';
import { writeArchive } from '../../lib/runtime/write-archive.ts';
import { writeQuarantine } from '../../lib/runtime/write-quarantine.ts';
import type { BatchWork } from './batch-work.ts';

/** Where batches are settled. */
export interface Settling {
  readonly ledger: Ledger;
  readonly objects: ObjectStore;
  readonly events: InternalEvents;
  readonly archiveCompression: ArchiveCompression;
}

/**
 * Writes what the batches left for archive and quarantine, then settles each in the ledger. In this order a kill in
 * between leaves the batch open: its next delivery finds the documents, writes the same again, and settles the same
 * counts. A batch whose writes fail is deferred.
 */
export async function settleBatches(settling: Settling, works: readonly BatchWork[]): Promise<void> {
  const complete = works.filter(({ deferredBecause }) => deferredBecause === undefined);
  if (complete.length === 0) return;
  try {
    await writeArchive(settling.objects, complete, settling.archiveCompression);
  } catch (error) {
    settling.events.failed('ARCHIVE_FAILED', error);
    for (const work of complete) work.deferredBecause = 'the archive cannot be written';
    return;
  }
  await Promise.all(complete.map((work) => settleOne(settling, work)));
}

async function settleOne({ ledger, objects, events }: Settling, work: BatchWork): Promise<void> {
  const { envelope, quarantined, decoded } = work;
  const settlement: Settlement = {
    indexed: work.indexed,
    archived_only: work.parked,
    quarantined: quarantined.length,
    excluded: work.excluded,
    duplicate: work.duplicate,
  };
  try {
    await writeQuarantine(objects, envelope.received_at, envelope.batch, quarantined);
    const outcome = await ledger.settle(envelope.batch, settlement, decoded, work.parked);
    if (outcome === 'already-settled') return;
  } catch (error) {
    events.failed('SETTLE_FAILED', error);
    work.deferredBecause = 'the ledger cannot be written';
    return;
  }
  if (decoded !== envelope.count) events.countsDiffer(envelope.batch, envelope.count, decoded);
  events.batchSettled(settlement, work.pipeline);
}
