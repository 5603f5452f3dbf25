/** What the status of a receiver's answer means for the message. */
export type StatusVerdict = 'delivered' | 'retry' | 'rejected' | 'gone';

const LONGEST_RETRY_AFTER_SECONDS = 86_400;
const JITTER = 0.2;

/** Passing troubles that have a 4xx status: time-out, too early, too many requests. */
const PASSING = new Set([408, 425, 429]);

/**
 * What to do after a status: 2xx took it; 408, 425, 429 and 5xx pass; 410 says that nobody will ever be there again.
 * Anything else has to be mended by a person. Redirects are refused too: a signed message goes where it was addressed.
 */
export function statusVerdict(status: number): StatusVerdict {
  if (status >= 200 && status < 300) return 'delivered';
  if (status === 410) return 'gone';
  if (PASSING.has(status) || (status >= 500 && status < 600)) return 'retry';
  return 'rejected';
}

/** When the next attempt is due, or that there is none. */
export type NextAttempt =
  | { readonly kind: 'after'; readonly seconds: number }
  | { readonly kind: 'exhausted' };

/**
 * The wait after failed attempt `attempt` (from 1), in seconds. `schedule` holds the wait before each attempt, the first
 * included. `Retry-After` wins over it, up to a day. `jitter` in [0, 1) spreads the scheduled waits by a tenth either way.
 */
export function nextAttempt(
  schedule: readonly number[],
  attempt: number,
  jitter: number,
  retryAfterSeconds?: number,
): NextAttempt {
  const scheduled = schedule[attempt];
  if (scheduled === undefined) return { kind: 'exhausted' };
  if (retryAfterSeconds !== undefined) {
    return { kind: 'after', seconds: Math.min(retryAfterSeconds, LONGEST_RETRY_AFTER_SECONDS) };
  }
  return { kind: 'after', seconds: Math.round(scheduled * (1 + JITTER * (jitter - 0.5))) };
}

/** Reads `Retry-After`, whole seconds or an HTTP date (RFC 9110, 10.2.3), as seconds from `now` (epoch ms). */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const date = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
