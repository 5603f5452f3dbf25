import type { IntakeTarget } from './read-settings.ts';

/** Lines closed into one request: a retry sends the same bytes under the same key, so Weir takes them once. */
export interface SealedBatch {
  readonly key: string;
  /** NDJSON, gzip. */
  readonly body: Uint8Array<ArrayBuffer>;
  readonly lines: number;
}

/** What became of one attempt. `reason` never holds the key or a log line. */
export type Delivery =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retryable'; readonly reason: string; readonly retryAfterMs: number }
  | { readonly kind: 'refused'; readonly reason: string };

/** Posts a batch once to `{url}/ingest/{source}`. Never throws: what goes wrong is an outcome. */
export async function postBatch(
  target: IntakeTarget,
  source: string,
  batch: SealedBatch,
  signal: AbortSignal,
): Promise<Delivery> {
  try {
    const answer = await fetch(`${target.url}/ingest/${encodeURIComponent(source)}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${target.ingestKey}`,
        'content-type': 'application/x-ndjson',
        'content-encoding': 'gzip',
        'idempotency-key': batch.key,
      },
      body: batch.body,
      redirect: 'manual',
      signal,
    });
    await answer.body?.cancel();
    return judge(answer.status, answer.headers.get('retry-after'), Date.now());
  } catch (error) {
    return { kind: 'retryable', reason: failureName(error), retryAfterMs: 0 };
  }
}

/** Weir takes or refuses a request whole: 408, 429 and 5xx pass, any other answer but 2xx will be the same next time. */
export function judge(status: number, retryAfter: string | null, nowMs: number): Delivery {
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const reason = `HTTP ${status}`;
  return status === 408 || status === 429 || status >= 500
    ? { kind: 'retryable', reason, retryAfterMs: retryAfterMs(retryAfter, nowMs) }
    : { kind: 'refused', reason };
}

/** `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3). */
function retryAfterMs(header: string | null, nowMs: number): number {
  if (header === null) return 0;
  const waitMs = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : 0;
}

/** `fetch failed` says nothing: the cause has the code (ECONNREFUSED, UND_ERR_SOCKET…). */
function failureName(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown failure';
  const cause: unknown = error.cause;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}
