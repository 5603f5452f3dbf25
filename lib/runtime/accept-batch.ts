import { ulid } from 'ulid';
import { type BatchKey, batchId } from '../core/batch/batch-key.ts';
import { encodeMessage } from '../core/batch/encode-message.ts';
import { type Envelope, inlineBody } from '../core/batch/envelope.ts';
import type { LedgerEntry } from '../core/batch/law-report.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { MessageQueue } from '../ports/message-queue.ts';
import type { ObjectStore } from '../ports/object-store.ts';

/** Where an intake writes, and what it may not find out by itself. */
export interface BatchSinks {
  readonly ledger: Ledger;
  readonly queue: MessageQueue;
  readonly objects: ObjectStore;
  /** A body goes into the queue's message while that stays within this size. */
  readonly maxInlineBytes: number;
  /** Epoch ms. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
}

/** A body that was read and counted, to be made durable. */
export interface Submission {
  /** What makes a second one of the same key a repeat; without it every submission is a batch of its own. */
  readonly key: BatchKey | undefined;
  readonly source: string;
  /** Ingest key that it came with, or empty. */
  readonly keyId: string;
  readonly dialect: Envelope['dialect'];
  readonly encoding: Envelope['content_encoding'];
  /** The body as it was sent. */
  readonly sent: Buffer;
  /** Of the body as it opened: a client that compresses again for its retry sends other bytes. */
  readonly bodyHash: string;
  /** Records. */
  readonly count: number;
}

/** What became of a submission. Nothing but a durable write, or a batch that had one, leads here. */
export type Accepted =
  | { readonly kind: 'accepted'; readonly batch: string; readonly isRepeat: boolean }
  /** The key belongs to a batch with another body: nothing was accepted. */
  | { readonly kind: 'key-reused' };

/**
 * Makes a body durable: object (where it is large), queue message, ledger entry, in this order. A kill between any two
 * leaves at worst a message that the ledger does not know yet, and `process` makes that entry. Throws where a write
 * failed; the sender may then repeat the submission.
 */
export async function acceptBatch(sinks: BatchSinks, submission: Submission): Promise<Accepted> {
  const { ledger, queue, now, random } = sinks;
  const { key, source, bodyHash, count, sent } = submission;
  const nowMs = now();
  const batch = key === undefined ? ulid(nowMs, random) : batchId(key);
  const known = key === undefined ? undefined : await ledger.find(batch);
  if (known !== undefined) return repeatBatch(ledger, known, submission);

  const request = ulid(nowMs, random);
  const receivedAt = new Date(nowMs).toISOString();
  await queue.send(await writeMessage(sinks, submission, { batch, request, receivedAt }));
  const acceptance = { batch, request, source, receivedAt, count, bytes: sent.length, bodyHash };
  const verdict = await ledger.accept(acceptance);
  if (verdict === 'accepted') return { kind: 'accepted', batch, isRepeat: false };
  const owner = await ledger.find(batch);
  if (owner === undefined) throw new Error(`The ledger entry of batch ${batch} is gone.`);
  return repeatBatch(ledger, owner, submission);
}

async function repeatBatch(ledger: Ledger, known: LedgerEntry, submission: Submission): Promise<Accepted> {
  if (known.bodyHash !== submission.bodyHash) return { kind: 'key-reused' };
  await ledger.repeat(known.batch, submission.count);
  return { kind: 'accepted', batch: known.batch, isRepeat: true };
}

interface RequestIds {
  readonly batch: string;
  readonly request: string;
  readonly receivedAt: string;
}

/** The queue's message for a submission; a body that would make it too large is put into an object first. */
async function writeMessage(sinks: BatchSinks, submission: Submission, ids: RequestIds): Promise<string> {
  const { sent } = submission;
  if (sent.length <= sinks.maxInlineBytes) {
    const message = encodeMessage(toEnvelope(submission, ids, inlineBody(sent)));
    if (Buffer.byteLength(message) <= sinks.maxInlineBytes) return message;
  }
  const { batch, request, receivedAt } = ids;
  const hour = receivedAt.slice(0, 13).replaceAll(/[-T]/g, '/');
  const key = `raw/${hour}/${batch}-${request}`;
  await sinks.objects.put(key, sent, 'application/octet-stream');
  return encodeMessage(toEnvelope(submission, ids, { kind: 'object', key }));
}

function toEnvelope(submission: Submission, ids: RequestIds, body: Envelope['body']): Envelope {
  return {
    weir: 1,
    batch: ids.batch,
    request: ids.request,
    received_at: ids.receivedAt,
    source: submission.source,
    key_id: submission.keyId,
    dialect: submission.dialect,
    content_encoding: submission.encoding,
    count: submission.count,
    bytes: submission.sent.length,
    body_hash: submission.bodyHash,
    body,
  };
}
