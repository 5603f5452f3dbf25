import type { IndexDocument } from '../../ports/event-index.ts';

/** Documents that go into one `_bulk` request, each with its place among all that were given. */
export interface BulkChunk {
  readonly documents: readonly IndexDocument[];
  readonly places: readonly number[];
}

/** Splits documents into requests of at most `maxBytes` (one document alone may be larger). */
export function chunkDocuments(
  documents: readonly IndexDocument[],
  places: readonly number[],
  maxBytes: number,
): BulkChunk[] {
  const chunks: { documents: IndexDocument[]; places: number[] }[] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const place of places) {
    const document = documents[place] as IndexDocument;
    const size = Buffer.byteLength(document.json) + document.index.length + document.id.length + 40;
    if (bytes + size > maxBytes) {
      chunks.push({ documents: [], places: [] });
      bytes = 0;
    }
    const chunk = chunks[chunks.length - 1] as (typeof chunks)[number];
    chunk.documents.push(document);
    chunk.places.push(place);
    bytes += size;
  }
  return chunks;
}

/** Halves a chunk that the domain finds too large. */
export function halve(chunk: BulkChunk): BulkChunk[] {
  const middle = Math.ceil(chunk.places.length / 2);
  return [
    { documents: chunk.documents.slice(0, middle), places: chunk.places.slice(0, middle) },
    { documents: chunk.documents.slice(middle), places: chunk.places.slice(middle) },
  ].filter((half) => half.places.length > 0);
}

/** The request's body: an action line and a document line for each. */
export function bulkBody(chunk: BulkChunk): string {
  let body = '';
  for (const { index, id, json } of chunk.documents) {
    body += `{"create":{"_index":${JSON.stringify(index)},"_id":${JSON.stringify(id)}}}\n${json}\n`;
  }
  return body;
}
