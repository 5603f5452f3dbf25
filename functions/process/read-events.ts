import { inlineBytes } from '../../lib/core/batch/envelope.ts';
import { openBody } from '../../lib/core/decode/open-body.ts';
import type { RawRecord } from '../../lib/core/decode/raw-record.ts';
import { splitRecords } from '../../lib/core/decode/split-records.ts';
import { eventId } from '../../lib/core/event/event-id.ts';
import { type LogEvent, setField } from '../../lib/core/event/log-event.ts';
import type { Chain, PipelineSet } from '../../lib/core/pipeline/chain.ts';
import type { RecordContext } from '../../lib/core/processor/spec.ts';
import { compileMask, ENTITIES } from '../../lib/core/scrub/mask-text.ts';
import type { ObjectStore } from '../../lib/ports/object-store.ts';
import type { PlacedEvent } from '../../lib/runtime/deliver-events.ts';
import type { BatchWork } from './batch-work.ts';

const EVENT_ID = ['event', 'id'] as const;
const BATCH = ['weir', 'batch'] as const;

/** What reading a batch needs. */
export interface BatchReader {
  readonly objects: ObjectStore;
  readonly pipelines: PipelineSet;
  readonly maxOpenBytes: number;
}

/**
 * Yields the events of a batch, understood and routed, and counts in `work` what is not among them: what the user
 * excludes, and what cannot be read at all. Throws where the body cannot be fetched now.
 */
export async function* readEvents(reader: BatchReader, work: BatchWork): AsyncGenerator<PlacedEvent> {
  const { envelope } = work;
  const body = await openBatch(reader, work);
  if (body === undefined) return;
  const chain = reader.pipelines.select({ source: envelope.source, dialect: envelope.dialect });
  const context = { receivedAtMs: Date.parse(envelope.received_at), source: envelope.source };
  work.pipeline = chain.name;
  for (const record of splitRecords(envelope.dialect, body)) {
    const position = work.decoded;
    work.decoded += 1;
    const placed = tryToPlace(work, chain, record, context, position);
    if (placed !== undefined) yield placed;
  }
}

/** No record may keep its batch from being settled: one that a pipeline fails on is quarantined, masked. */
function tryToPlace(
  work: BatchWork,
  chain: Chain,
  record: RawRecord,
  context: RecordContext,
  position: number,
): PlacedEvent | undefined {
  try {
    return placeRecord(work, chain, record, context, position);
  } catch (error) {
    const event: LogEvent = {};
    event['message'] = compileMask(ENTITIES)(event, record.text);
    const cause = error instanceof Error ? error.name : 'unknown';
    const reason = `Pipeline ${chain.name} failed on this record.`;
    work.quarantined.push({ batch: work.batch, position, step: 'pipeline', cause, reason, event });
    return undefined;
  }
}

function placeRecord(
  work: BatchWork,
  chain: Chain,
  record: RawRecord,
  context: RecordContext,
  position: number,
): PlacedEvent | undefined {
  const routed = chain.run(record, context);
  if (routed.kind === 'excluded') {
    work.excluded += 1;
    return undefined;
  }
  const { event, index, timeMs } = routed;
  const { batch, dialect } = work.envelope;
  const hasOwnId = record.id !== undefined;
  const id = hasOwnId ? eventId(timeMs, dialect, record.id) : eventId(timeMs, batch, position);
  setField(event, EVENT_ID, id);
  setField(event, BATCH, batch);
  return { work, event, index, timeMs, id, json: JSON.stringify(event), position, hasOwnId };
}

/** The opened body; undefined, with every record quarantined, where no attempt will ever open it. */
async function openBatch(reader: BatchReader, work: BatchWork): Promise<Buffer | undefined> {
  const { body, content_encoding } = work.envelope;
  const sent = body.kind === 'inline' ? inlineBytes(body) : await reader.objects.get(body.key);
  if (sent === undefined) {
    quarantineWhole(work, 'raw_object_missing', 'The object that holds the body is gone.');
    return undefined;
  }
  const opened = openBody(sent, content_encoding, reader.maxOpenBytes);
  if (opened.kind === 'opened') return opened.body;
  quarantineWhole(work, `body_${opened.reason.replace('-', '_')}`, opened.detail);
  return undefined;
}

function quarantineWhole(work: BatchWork, cause: string, reason: string): void {
  const { batch, count } = work.envelope;
  work.decoded = count;
  for (let position = 0; position < count; position += 1) {
    work.quarantined.push({ batch, position, step: 'read', cause, reason });
  }
}
