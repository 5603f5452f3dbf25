import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';
const SHORTEST_BYTES = 24;
const LONGEST_BYTES = 64;

/** A signing secret that cannot be used. Says what is wrong, never what the secret is. */
export class WebhookSecretError extends Error {
  override readonly name = 'WebhookSecretError';
}

/** Reads a secret as Standard Webhooks writes it: base64 of 24 to 64 bytes, after `whsec_` or alone. */
export function parseWebhookSecret(text: string): Buffer {
  const encoded = text.trim().replace(PREFIX, '');
  const bytes = Buffer.from(encoded, 'base64');
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(encoded);
  if (!isBase64 || bytes.length < SHORTEST_BYTES || bytes.length > LONGEST_BYTES) {
    throw new WebhookSecretError(
      `The webhook secret has to be base64 of ${SHORTEST_BYTES} to ${LONGEST_BYTES} bytes, with or without ${PREFIX} before it`,
    );
  }
  return bytes;
}

/**
 * The headers that sign a message by the Standard Webhooks scheme: HMAC-SHA256 over `id.timestamp.body`, base64, version
 * `v1`. `timestamp` is the time of this attempt in epoch seconds; `id` is the same in every attempt.
 */
export function signWebhook(secret: Buffer, id: string, timestamp: number, body: string) {
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };
}
