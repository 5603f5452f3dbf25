import { hash } from 'node:crypto';
import {
  type ArchiveCompression,
  archiveLine,
  archiveObjectName,
  archivePartition,
  NDJSON_TYPE,
  packArchive,
} from '../core/archive/archive-file.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { DeliveryWork } from './delivery-work.ts';

const WRITES_AT_ONCE = 8;

/** Writes the batches' archived documents, one object a partition; the same batches write the same objects again. */
export async function writeArchive(
  objects: ObjectStore,
  works: readonly DeliveryWork[],
  compression: ArchiveCompression,
): Promise<void> {
  const folders = [...groupLines(works)];
  if (folders.length === 0) return;
  const name = objectName(works, compression);
  const worker = async (): Promise<void> => {
    for (let next = folders.shift(); next !== undefined; next = folders.shift()) {
      const [folder, lines] = next;
      await objects.put(folder + name, packArchive(lines, compression), NDJSON_TYPE);
    }
  };
  await Promise.all(Array.from({ length: WRITES_AT_ONCE }, worker));
}

function groupLines(works: readonly DeliveryWork[]): ReadonlyMap<string, string[]> {
  const linesByFolder = new Map<string, string[]>();
  for (const { archived } of works) {
    for (const { index, id, json, timeMs } of archived) {
      const folder = archivePartition(index, timeMs);
      const line = archiveLine(index, id, json);
      const lines = linesByFolder.get(folder);
      if (lines === undefined) linesByFolder.set(folder, [line]);
      else lines.push(line);
    }
  }
  return linesByFolder;
}

function objectName(works: readonly DeliveryWork[], compression: ArchiveCompression): string {
  const batches = works.map(({ batch }) => batch).sort();
  const fingerprint = hash('sha256', batches.join(' '), 'base64url').slice(0, 16);
  const receivedAt = works.map((work) => work.receivedAt).sort()[0] as string;
  return archiveObjectName(receivedAt, fingerprint, compression);
}
