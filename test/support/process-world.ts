import type { DeliveredMessage, Processing } from '../../functions/process/process-batches.ts';
import { createMemoryBreaker } from '../../lib/adapters/memory/breaker.ts';
import { createMemoryEventIndex, type Fault } from '../../lib/adapters/memory/event-index.ts';
import { createMemoryLedger } from '../../lib/adapters/memory/ledger.ts';
import { createMemoryObjectStore } from '../../lib/adapters/memory/object-store.ts';
import { unpackArchive } from '../../lib/core/archive/archive-file.ts';
import { bodyHash } from '../../lib/core/batch/batch-key.ts';
import { encodeMessage } from '../../lib/core/batch/encode-message.ts';
import { type Envelope, inlineBody } from '../../lib/core/batch/envelope.ts';
import { compilePipelines } from '../../lib/core/pipeline/compile-pipelines.ts';
import { SILENT_EVENTS } from './silent-events.ts';

export const RECEIVED_AT = '2026-11-21T10:00:00.000Z';

/** `process` and everything around it, in memory. */
export function makeProcessWorld(fault?: Fault) {
  const ledger = createMemoryLedger();
  const objects = createMemoryObjectStore();
  const index = createMemoryEventIndex(fault);
  const breaker = createMemoryBreaker();
  const processing: Processing = {
    ledger,
    objects,
    index,
    breaker,
    now: () => 0,
    pipelines: compilePipelines([], {}),
    events: SILENT_EVENTS,
    maxOpenBytes: 1_000_000,
    archiveCompression: 'zstd',
  };
  return { ledger, objects, index, breaker, processing };
}

/** A batch of NDJSON lines; `batch` is padded to a batch id. */
export function envelopeOf(
  batch: string,
  lines: readonly string[],
  change: Partial<Envelope> = {},
): Envelope {
  const bytes = Buffer.from(lines.join('\n'));
  return {
    weir: 1,
    batch: batch.padEnd(22, '-'),
    request: 'request-1',
    received_at: RECEIVED_AT,
    source: 'shop',
    key_id: 'key',
    dialect: 'ndjson',
    content_encoding: 'identity',
    count: lines.length,
    bytes: bytes.length,
    body_hash: bodyHash(bytes),
    body: inlineBody(bytes),
    ...change,
  };
}

/** The message of a batch, as the log queue delivers it. */
export function deliver(envelope: Envelope, receiveCount = 1): DeliveredMessage {
  return { messageId: `m-${envelope.batch}`, body: encodeMessage(envelope), sentAtMs: 0, receiveCount };
}

/** The ids of all events under a prefix, sorted; an id that is archived twice is there twice. */
export function idsUnder(objects: ReadonlyMap<string, Buffer>, prefix: string): string[] {
  return [...objects]
    .filter(([key]) => key.startsWith(prefix))
    .flatMap(([key, bytes]) => unpackArchive(key, bytes).map(({ _id }) => _id))
    .sort();
}
