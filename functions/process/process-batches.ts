import { isBreakerOpen } from '../../lib/core/batch/breaker.ts';
import { openMessage, type QueueMessage } from '../../lib/core/batch/open-message.ts';
import type { Breaker } from '../../lib/ports/breaker.ts';
import type { EventIndex } from '../../lib/ports/event-index.ts';
import {
  createEventDispatcher,
  type EventDispatcher,
  type IndexHealth,
} from '../../lib/runtime/event-dispatcher.ts';
import { type BatchWork, startWork } from './batch-work.ts';
import { parkBatches } from './park-batches.ts';
import { type BatchReader, readEvents } from './read-events.ts';
import { type Settling, settleBatches } from './settle-batches.ts';

/** What is held for the archive before it is written: bounds memory, however much one invocation is given. */
const HELD_BYTES = 32 * 1024 * 1024;

/** Everything that `process` works with. */
export interface Processing extends BatchReader, Settling {
  readonly index: EventIndex;
  readonly breaker: Breaker;
  /** Epoch ms. */
  readonly now: () => number;
}

/** One delivery of a message. */
export interface DeliveredMessage extends QueueMessage {
  /** 1 on the first delivery. */
  readonly receiveCount: number;
}

/**
 * Takes each message from text to settled: read, index, archive, ledger; while the breaker is open, parked instead of
 * indexed. Returns the ids of the messages that are to be delivered again; everything else is done for good.
 * `deadlineMs` (epoch ms) bounds the retries.
 */
export async function processBatches(
  processing: Processing,
  messages: readonly DeliveredMessage[],
  deadlineMs: number,
): Promise<string[]> {
  const [failures, begun] = await Promise.all([
    readFailures(processing),
    Promise.all(messages.map((message) => beginBatch(processing, message))),
  ]);
  const works = begun.filter((work) => work !== undefined);
  if (isBreakerOpen(failures)) {
    await parkBatches(processing, works);
  } else {
    const health = await indexBatches(processing, works, deadlineMs);
    await tellBreaker(processing, failures, health);
  }
  return works.flatMap(({ messageId, batch, deferredBecause }) => {
    if (deferredBecause === undefined) return [];
    processing.events.batchDeferred(batch, deferredBecause);
    return [messageId];
  });
}

/** A breaker that cannot be asked changes nothing: the index is tried. */
async function readFailures({ breaker, events }: Processing): Promise<number> {
  try {
    return await breaker.failures();
  } catch (error) {
    events.failed('BREAKER_FAILED', error);
    return 0;
  }
}

/** Writes only where there is news: a failure, or the first success after one. */
async function tellBreaker(
  { breaker, events }: Processing,
  failures: number,
  health: IndexHealth,
): Promise<void> {
  try {
    if (health === 'failing' && isBreakerOpen(await breaker.fail())) {
      events.breakerOpen('too many invocations in a row gave up on the index');
    }
    if (health === 'taking' && failures > 0) await breaker.succeed();
  } catch (error) {
    events.failed('BREAKER_FAILED', error);
  }
}

/** Reads, indexes and settles the batches, and tells what the index showed meanwhile. */
async function indexBatches(
  processing: Processing,
  works: readonly BatchWork[],
  deadlineMs: number,
): Promise<IndexHealth> {
  const dispatcher = createEventDispatcher(processing.index, deadlineMs, (error) =>
    processing.events.failed('DELIVERY_FAILED', error),
  );
  let held: BatchWork[] = [];
  let heldBytes = 0;
  for (const work of works) {
    heldBytes += await indexBatch(processing, dispatcher, work, deadlineMs);
    held.push(work);
    if (heldBytes < HELD_BYTES) continue;
    await settleHeld(processing, dispatcher, held);
    held = [];
    heldBytes = 0;
  }
  await settleHeld(processing, dispatcher, held);
  return dispatcher.health();
}

/** Notes the attempt in the ledger; undefined where the batch is closed already. */
async function beginBatch(
  { ledger, events }: Processing,
  message: DeliveredMessage,
): Promise<BatchWork | undefined> {
  const envelope = openMessage(message);
  const { batch, request, source, received_at: receivedAt, count, bytes, body_hash: bodyHash } = envelope;
  try {
    const beginning = await ledger.begin({ batch, request, source, receivedAt, count, bytes, bodyHash });
    if (beginning.kind === 'closed') return undefined;
    return startWork(message.messageId, envelope, message.receiveCount > 1 || beginning.earlierAttempts > 0);
  } catch (error) {
    events.failed('LEDGER_FAILED', error);
    const work = startWork(message.messageId, envelope, true);
    work.deferredBecause = 'the ledger cannot be reached';
    return work;
  }
}

/** Reads one batch and hands its events on. Returns the bytes of documents that this holds for the archive. */
async function indexBatch(
  processing: Processing,
  dispatcher: EventDispatcher,
  work: BatchWork,
  deadlineMs: number,
): Promise<number> {
  if (dispatcher.health() === 'failing') work.deferredBecause ??= 'the index is not available';
  if (work.deferredBecause !== undefined) return 0;
  let bytes = 0;
  try {
    for await (const event of readEvents(processing, work)) {
      if (processing.now() > deadlineMs) {
        // Its next delivery finds what is indexed by then, and gets further.
        work.deferredBecause = 'the invocation ran out of time';
        break;
      }
      bytes += event.json.length;
      await dispatcher.add(event);
    }
  } catch (error) {
    processing.events.failed('BATCH_UNREADABLE', error);
    work.deferredBecause = 'the body cannot be fetched';
  }
  return bytes;
}

async function settleHeld(
  processing: Processing,
  dispatcher: EventDispatcher,
  works: readonly BatchWork[],
): Promise<void> {
  await dispatcher.drain();
  await settleBatches(processing, works);
  for (const { archived } of works) archived.length = 0;
}
