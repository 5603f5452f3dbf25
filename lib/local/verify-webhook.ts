import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_SECONDS = 300;

/** The three headers of a signed webhook. */
export interface WebhookHeaders {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

/**
 * Checks a request as https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md asks
 * of a receiver, apart from the code that signs. Gives what is wrong with it, or undefined for a genuine one.
 */
export function findWebhookFault(
  headers: WebhookHeaders,
  body: string,
  secret: string,
  nowSeconds: number,
): string | undefined {
  const { id, timestamp, signature } = headers;
  if (!id || !timestamp || !signature)
    return 'a webhook-id, webhook-timestamp or webhook-signature is missing';
  if (!(Math.abs(nowSeconds - Number(timestamp)) <= TOLERANCE_SECONDS))
    return 'the timestamp is too old or too new';
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  const matches = signature.split(' ').some((given) => isSignature(given, expected));
  return matches ? undefined : 'no signature matches';
}

function isSignature(given: string, expected: Buffer): boolean {
  const [version, value] = given.split(',');
  if (version !== 'v1' || value === undefined) return false;
  const bytes = Buffer.from(value, 'base64');
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
}
