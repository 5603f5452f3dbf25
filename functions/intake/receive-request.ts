import type { BatchKey } from '../../lib/core/batch/batch-key.ts';
import { carriesTime } from '../../lib/core/decode/carries-time.ts';
import { type HttpRequest, type HttpResponse, jsonResponse } from '../../lib/core/http/http-message.ts';
import { type Refusal, refusalResponse, refuse } from '../../lib/core/http/refusal.ts';
import { acceptBatch, type BatchSinks } from '../../lib/runtime/accept-batch.ts';
import type { InternalEvents } from '../../lib/runtime/internal-events.ts';
import { identifySender, type SenderDirectory } from './identify-sender.ts';
import { matchRoute } from './match-route.ts';
import { type ReadBatch, readBatch } from './read-batch.ts';

/** What the intake works with. */
export interface Intake extends BatchSinks, SenderDirectory {
  readonly events: Pick<InternalEvents, 'batchAccepted' | 'requestRefused'>;
  readonly maxOpenBytes: number;
}

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,256}$/;

/**
 * Answers one request. 202 with `{"batch","accepted"}` means that the body is durable; whatever is refused is refused
 * whole, as problem details. Throws where a write failed.
 */
export async function receiveRequest(intake: Intake, request: HttpRequest): Promise<HttpResponse> {
  const route = matchRoute(request);
  if (route.kind === 'health') return jsonResponse(200, { status: 'ok' });
  const answer = route.kind === 'ingest' ? await ingest(intake, request, route.source) : route;
  if (answer.kind === 'refused') {
    intake.events.requestRefused(answer.status, answer.code);
    return refusalResponse(answer);
  }
  return jsonResponse(202, { batch: answer.batch, accepted: answer.accepted });
}

interface Receipt {
  readonly kind: 'receipt';
  readonly batch: string;
  readonly accepted: number;
}

async function ingest(intake: Intake, request: HttpRequest, source: string): Promise<Receipt | Refusal> {
  const sender = await identifySender(intake, request.headers, source);
  if (sender.kind === 'refused') return sender;
  const clientKey = request.headers['idempotency-key'];
  if (clientKey !== undefined && !IDEMPOTENCY_KEY.test(clientKey)) {
    return refuse(
      400,
      'idempotency-key-invalid',
      'An Idempotency-Key has 1 to 256 visible ASCII characters.',
    );
  }
  const read = readBatch(request, intake.maxOpenBytes);
  if (read.kind === 'refused') return read;
  const { dialect, encoding, bodyHash, count } = read;
  const { keyId } = sender;
  const key =
    clientKey === undefined ? contentKey(read, keyId, source, request.client) : clientKeyOf(keyId, clientKey);
  const sent = request.body;
  const outcome = await acceptBatch(intake, { key, source, keyId, dialect, encoding, sent, bodyHash, count });
  if (outcome.kind === 'key-reused') {
    const detail =
      'This Idempotency-Key was used for another body. Use a new key for each batch, and the same one only to repeat it.';
    return refuse(422, 'idempotency-key-reused', detail);
  }
  intake.events.batchAccepted(count, sent.length, outcome.isRepeat);
  return { kind: 'receipt', batch: outcome.batch, accepted: count };
}

function clientKeyOf(keyId: string, key: string): BatchKey {
  return { kind: 'client', keyId, key };
}

/** The same body again is a repeat only where its records say when they happened: two equal events are two. */
function contentKey(
  { dialect, opened, bodyHash }: ReadBatch,
  keyId: string,
  source: string,
  client: string,
): BatchKey | undefined {
  return carriesTime(dialect, opened) ? { kind: 'content', keyId, source, client, bodyHash } : undefined;
}
