import type { Client } from '@opensearch-project/opensearch';
import type { Delivery, EventIndex, IndexDocument } from '../../ports/event-index.ts';
import { type BulkChunk, bulkBody, chunkDocuments, halve } from './bulk-request.ts';
import { type BulkAnswer, readBulkAnswer } from './bulk-response.ts';
import type { OpenSearchConnection } from './client.ts';
import { backOffMs, requestVerdict } from './retry-policy.ts';

const MAX_REQUEST_BYTES = 5 * 1024 * 1024;
const REQUESTS_IN_FLIGHT = 2;
const IDS_AT_ONCE = 1_000;

/** What the adapter needs from outside. */
export interface EventIndexSettings {
  readonly connect: OpenSearchConnection;
  /** Epoch ms. */
  readonly now: () => number;
  /** In [0, 1), for the jitter. */
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

type Outcome =
  | { readonly kind: 'answered'; readonly deliveries: (Delivery | undefined)[] }
  | { readonly kind: 'failed'; readonly status: number; readonly reason: string };

/** The EventIndex in an OpenSearch domain: `_bulk` with `create`, retrying only what was not taken. */
export function createOpenSearchEventIndex(settings: EventIndexSettings): EventIndex {
  return {
    create: (documents, deadline) => createAll(settings, documents, deadline),
    locate: (index, ids) => locate(settings, index, ids),
    batchesOf: (found) => batchesOf(settings, found),
  };
}

async function createAll(
  settings: EventIndexSettings,
  documents: readonly IndexDocument[],
  deadline: number,
): Promise<Delivery[]> {
  const deliveries: (Delivery | undefined)[] = documents.map(() => undefined);
  let reason = 'not tried';
  for (let attempt = 1; ; attempt += 1) {
    const places = deliveries.flatMap((delivery, place) => (delivery === undefined ? [place] : []));
    if (places.length === 0) break;
    const chunks = chunkDocuments(documents, places, MAX_REQUEST_BYTES);
    reason = (await sendAll(settings, chunks, deliveries)) ?? reason;
    const wait = backOffMs(attempt, settings.random());
    if (deliveries.every((delivery) => delivery !== undefined) || settings.now() + wait > deadline) break;
    await settings.sleep(wait);
  }
  return deliveries.map((delivery) => delivery ?? { kind: 'unavailable', reason });
}

/** Sends the chunks, a few at a time, and writes what became of them into `deliveries`. Returns the last failure. */
async function sendAll(
  settings: EventIndexSettings,
  chunks: BulkChunk[],
  deliveries: (Delivery | undefined)[],
): Promise<string | undefined> {
  const client = await settings.connect();
  let failure: string | undefined;
  const worker = async (): Promise<void> => {
    for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
      const outcome = await sendChunk(client, chunk);
      if (outcome.kind === 'answered') {
        for (const [at, place] of chunk.places.entries()) deliveries[place] = outcome.deliveries[at];
      } else if (requestVerdict(outcome.status) === 'split') {
        splitChunk(chunk, chunks, deliveries);
      } else {
        failure = outcome.reason;
      }
    }
  };
  await Promise.all(Array.from({ length: REQUESTS_IN_FLIGHT }, worker));
  return failure;
}

function splitChunk(chunk: BulkChunk, chunks: BulkChunk[], deliveries: (Delivery | undefined)[]): void {
  const [place] = chunk.places;
  if (chunk.places.length > 1) {
    chunks.push(...halve(chunk));
  } else if (place !== undefined) {
    deliveries[place] = {
      kind: 'rejected',
      type: 'too_large',
      reason: 'the domain answers 413 to this document alone',
    };
  }
}

async function sendChunk(client: Client, chunk: BulkChunk): Promise<Outcome> {
  try {
    const { body } = await client.transport.request({
      method: 'POST',
      path: '/_bulk',
      querystring: { filter_path: 'items.create.status,items.create._index,items.create.error' },
      bulkBody: bulkBody(chunk),
    });
    return { kind: 'answered', deliveries: readBulkAnswer(body as BulkAnswer, chunk.places.length) };
  } catch (error) {
    // Of connection errors the name is all there is to tell; of answers, the status.
    const { statusCode } = error as { statusCode?: number };
    const name = error instanceof Error ? error.name : String(error);
    return { kind: 'failed', status: statusCode ?? 0, reason: statusCode ? `${name} ${statusCode}` : name };
  }
}

async function locate(
  settings: EventIndexSettings,
  index: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const client = await settings.connect();
  const found = new Map<string, string>();
  const target = { index, ignore_unavailable: true, allow_no_indices: true };
  await client.indices.refresh(target);
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
    const some = ids.slice(start, start + IDS_AT_ONCE);
    const { body } = await client.search({
      ...target,
      _source: false,
      size: some.length,
      body: { query: { ids: { values: some } } },
    });
    for (const { _id, _index } of body.hits.hits) {
      if (_id !== undefined && _index !== undefined) found.set(_id, _index);
    }
  }
  return found;
}

async function batchesOf(
  settings: EventIndexSettings,
  found: readonly { readonly index: string; readonly id: string }[],
): Promise<ReadonlyMap<string, string>> {
  const client = await settings.connect();
  const batches = new Map<string, string>();
  for (let start = 0; start < found.length; start += IDS_AT_ONCE) {
    const docs = found
      .slice(start, start + IDS_AT_ONCE)
      .map(({ index, id }) => ({ _index: index, _id: id, _source: ['weir.batch'] }));
    const { body } = await client.mget({ body: { docs } });
    for (const document of body.docs as { _id: string; _source?: { weir?: { batch?: string } } }[]) {
      const batch = document._source?.weir?.batch;
      if (batch !== undefined) batches.set(document._id, batch);
    }
  }
  return batches;
}
