import { hash } from 'node:crypto';
import { messageId, Notification } from '../../lib/core/notify/notification.ts';
import { nextAttempt, parseRetryAfter, statusVerdict } from '../../lib/core/notify/retry-policy.ts';
import { formatWebhook } from '../../lib/core/notify/webhook/format.ts';
import { signWebhook } from '../../lib/core/notify/webhook/sign.ts';
import type { AttemptResult, DeliveryLog } from '../../lib/ports/delivery-log.ts';
import type { MessageQueue } from '../../lib/ports/message-queue.ts';
import type { Notifier, WebhookAnswer } from '../../lib/ports/notifier.ts';

/** Longer than an invocation: nobody can still be sending when a lease has run out. */
const LEASE_MS = 90_000;
/** The longest that SQS holds a message back. */
const LONGEST_DELAY_SECONDS = 900;

/** What a delivery works with. */
export interface Courier {
  readonly log: DeliveryLog;
  readonly notifier: Notifier;
  readonly queue: MessageQueue;
  /** URLs by channel; an empty one is a channel that is not set up. */
  readonly channels: Readonly<Record<string, string>>;
  readonly secret: () => Promise<Buffer>;
  /** Seconds before each attempt, the first included. */
  readonly retrySeconds: readonly number[];
  /** Epoch ms. */
  readonly now: () => number;
  /** In [0, 1), for the jitter. */
  readonly random: () => number;
}

/** What became of a message. Reasons never hold a URL: it may carry a secret. */
export type DeliveryOutcome =
  | { readonly kind: 'delivered'; readonly message: string; readonly attempt: number }
  /** An attempt failed; the message is on the queue again, for the next one. */
  | { readonly kind: 'deferred'; readonly message: string; readonly seconds: number; readonly reason: string }
  /** No attempt was due, or another one is running; the message is on the queue again. */
  | { readonly kind: 'waiting'; readonly message: string; readonly seconds: number }
  | { readonly kind: 'dead'; readonly message: string; readonly channel: string; readonly reason: string }
  /** It was finished before: a repeat. */
  | { readonly kind: 'repeated'; readonly message: string };

/**
 * Takes one message of the notification queue as far as it can be taken now. Every attempt of a message is claimed first
 * and recorded after, under an id that never changes. Throws where the body is not a notification.
 */
export async function deliverNotification(courier: Courier, body: string): Promise<DeliveryOutcome> {
  const notification = Notification.parse(JSON.parse(body));
  const message = messageId(notification);
  const { event, channel } = notification;
  const claimedAt = courier.now();
  const waitMs = firstWaitMs(courier, notification, claimedAt);
  if (waitMs > 0) return { kind: 'waiting', message, seconds: await sendBack(courier, body, waitMs) };
  const claim = await courier.log.claim({ message, event: event.id, channel }, claimedAt, LEASE_MS);
  if (claim.kind === 'finished') return { kind: 'repeated', message };
  if (claim.kind === 'wait') {
    return { kind: 'waiting', message, seconds: await sendBack(courier, body, claim.until - claimedAt) };
  }
  const result = await attempt(courier, notification, message, claim.attempt);
  await courier.log.record(message, claim.attempt, result, courier.now());
  if (result.kind === 'delivered') return { kind: 'delivered', message, attempt: claim.attempt };
  if (result.kind === 'dead') return { kind: 'dead', message, channel, reason: result.response };
  const seconds = await sendBack(courier, body, result.nextAttemptAt - courier.now());
  return { kind: 'deferred', message, seconds, reason: result.response };
}

function firstWaitMs({ retrySeconds }: Courier, { event }: Notification, now: number): number {
  const [firstSeconds = 0] = retrySeconds;
  return firstSeconds === 0 ? 0 : Date.parse(event.window.end) + firstSeconds * 1000 - now;
}

async function attempt(
  courier: Courier,
  { event, channel }: Notification,
  message: string,
  number: number,
): Promise<AttemptResult> {
  const url = courier.channels[channel] ?? '';
  if (url === '') return { kind: 'dead', response: `channel "${channel}" has no address` };
  const destination = hash('sha256', url, 'base64url');
  if (await courier.log.isDisabled(channel, destination)) {
    return { kind: 'dead', response: `channel "${channel}" is off: its receiver answered 410` };
  }
  const body = formatWebhook(event);
  const secret = await courier.secret();
  const signature = signWebhook(secret, message, Math.floor(courier.now() / 1000), body);
  const headers = { 'content-type': 'application/json', 'user-agent': 'Weir', ...signature };
  const answer = await courier.notifier.post({ url, headers, body });
  if (answer.kind === 'answered' && statusVerdict(answer.status) === 'gone') {
    await courier.log.disable(channel, destination, courier.now());
  }
  return judgeAnswer(courier, answer, number);
}

function judgeAnswer(courier: Courier, answer: WebhookAnswer, number: number): AttemptResult {
  if (answer.kind === 'forbidden') return { kind: 'dead', response: answer.reason };
  if (answer.kind === 'answered') {
    const response = `status ${answer.status}`;
    const verdict = statusVerdict(answer.status);
    if (verdict === 'delivered') return { kind: 'delivered', response };
    if (verdict !== 'retry') return { kind: 'dead', response };
    return retryLater(courier, 'failed', response, number, answer.retryAfter);
  }
  // An ambiguous attempt is repeated too: the receiver knows the message by its id.
  const kind = answer.kind === 'ambiguous' ? 'ambiguous' : 'failed';
  return retryLater(courier, kind, `${answer.kind}: ${answer.reason}`, number);
}

function retryLater(
  courier: Courier,
  kind: 'failed' | 'ambiguous',
  response: string,
  number: number,
  retryAfter?: string,
): AttemptResult {
  const now = courier.now();
  const next = nextAttempt(courier.retrySeconds, number, courier.random(), parseRetryAfter(retryAfter, now));
  if (next.kind === 'exhausted') return { kind: 'dead', response: `${response}, after ${number} attempts` };
  return { kind, response, nextAttemptAt: now + next.seconds * 1000 };
}

/** A longer wait than the queue allows is made of several: the message comes back, is not due, and waits on. */
async function sendBack({ queue }: Courier, body: string, waitMs: number): Promise<number> {
  const seconds = Math.min(LONGEST_DELAY_SECONDS, Math.max(0, Math.ceil(waitMs / 1000)));
  await queue.send(body, seconds);
  return seconds;
}
