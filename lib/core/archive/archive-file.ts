import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** The content type of what Weir writes into its bucket. */
export const NDJSON_TYPE = 'application/x-ndjson';

/** How archive objects are compressed. */
export type ArchiveCompression = 'zstd' | 'gzip';

const SUFFIXES: Readonly<Record<ArchiveCompression, string>> = { zstd: '.ndjson.zst', gzip: '.ndjson.gz' };

/** One document in the archive: what a `_bulk` request needs to put it back. */
export interface ArchivedEvent {
  readonly _index: string;
  readonly _id: string;
  readonly _source: Record<string, unknown>;
}

/** One line of an archive object, without its newline. `json` is the document. */
export function archiveLine(index: string, id: string, json: string): string {
  return `{"_index":${JSON.stringify(index)},"_id":${JSON.stringify(id)},"_source":${json}}`;
}

/** The bytes of an archive object: its lines as NDJSON, compressed as one frame, which every zstd and gzip tool reads. */
export function packArchive(lines: readonly string[], compression: ArchiveCompression): Buffer {
  const text = Buffer.from(`${lines.join('\n')}\n`);
  return compression === 'zstd' ? zstdCompressSync(text) : gzipSync(text, { level: 6 });
}

/** The lines of an archive object as they were written; the compression follows from the key. Throws where it is damaged. */
export function archiveLines(key: string, bytes: Buffer): string[] {
  const text = key.endsWith(SUFFIXES.zstd) ? zstdDecompressSync(bytes) : gunzipSync(bytes);
  return text
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}

/** The events of an archive object. Throws where it is damaged. */
export function unpackArchive(key: string, bytes: Buffer): ArchivedEvent[] {
  return archiveLines(key, bytes).map((line) => JSON.parse(line) as ArchivedEvent);
}

/** The folder of an index's events of one hour: `archive/index=<name>/dt=2026-11-21/hour=13/`. */
export function archivePartition(index: string, timeMs: number): string {
  const iso = new Date(timeMs).toISOString();
  const day = iso.slice(0, iso.indexOf('T'));
  return `archive/index=${index}/dt=${day}/hour=${iso.slice(day.length + 1, day.length + 3)}/`;
}

/** The object's name in its partition: the same batches, settled together, write the same object again. */
export function archiveObjectName(
  receivedAt: string,
  fingerprint: string,
  compression: ArchiveCompression,
): string {
  return `${receivedAt.replaceAll(/[:.]/g, '-')}-${fingerprint}${SUFFIXES[compression]}`;
}
