import { isKeyValid, mayWrite, readIngestKey } from '../../lib/core/auth/ingest-key.ts';
import type { HttpRequest } from '../../lib/core/http/http-message.ts';
import { type Refusal, refuse } from '../../lib/core/http/refusal.ts';
import type { KeyStore } from '../../lib/ports/key-store.ts';

/** What identifying a sender needs. */
export interface SenderDirectory {
  readonly findIngestKey: KeyStore['findIngestKey'];
  readonly countRequest: KeyStore['countRequest'];
  /** Epoch ms. */
  readonly now: () => number;
}

/** Who sent a request that may write to its source. */
export interface Sender {
  readonly kind: 'sender';
  readonly keyId: string;
}

const CHALLENGE = { 'www-authenticate': 'Bearer realm="weir", Basic realm="weir"' };
const MINUTE_MS = 60_000;

/** Checks that a request shows a valid ingest key, which may write to `source` and has requests left in this minute. */
export async function identifySender(
  directory: SenderDirectory,
  headers: HttpRequest['headers'],
  source: string,
): Promise<Sender | Refusal> {
  const presented = readIngestKey(headers);
  if (presented === undefined) {
    const detail =
      'Send an ingest key as "Authorization: Bearer <key>", "X-Api-Key: <key>" or the password of Basic.';
    return refuse(401, 'key-missing', detail, CHALLENGE);
  }
  const key = await directory.findIngestKey(presented.keyId);
  if (key === undefined || !isKeyValid(key, presented)) {
    const detail = 'The ingest key is wrong, unknown or disabled. Create one with "weir keys create".';
    return refuse(401, 'key-invalid', detail, CHALLENGE);
  }
  if (!mayWrite(key, source)) {
    const detail = `This key may not write to the source "${source}". It may write to: ${key.sources.join(', ')}.`;
    return refuse(403, 'source-forbidden', detail);
  }
  const limit = key.requestsPerMinute;
  const refusal = limit === undefined ? undefined : await countRequest(directory, key.keyId, limit);
  return refusal ?? { kind: 'sender', keyId: key.keyId };
}

async function countRequest(
  directory: SenderDirectory,
  keyId: string,
  limit: number,
): Promise<Refusal | undefined> {
  const nowMs = directory.now();
  const count = await directory.countRequest(keyId, new Date(nowMs).toISOString().slice(0, 16));
  if (count <= limit) return undefined;
  const waitSeconds = Math.ceil((MINUTE_MS - (nowMs % MINUTE_MS)) / 1000);
  const detail = `This key may send ${limit} requests a minute. Send the same request again in ${waitSeconds} seconds; larger batches need fewer requests.`;
  return refuse(429, 'rate-exceeded', detail, { 'retry-after': String(waitSeconds) });
}
