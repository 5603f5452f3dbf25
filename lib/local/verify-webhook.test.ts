import { describe, expect, test } from 'vitest';
import { parseWebhookSecret, signWebhook } from '../core/notify/webhook/sign.ts';
import { findWebhookFault } from './verify-webhook.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const BODY = '{"alert":"é"}';
const NOW_SECONDS = 1_795_000_000;

describe('findWebhookFault', () => {
  const signed = signWebhook(parseWebhookSecret(SECRET), 'msg_1', NOW_SECONDS, BODY);
  const headers = {
    id: signed['webhook-id'],
    timestamp: signed['webhook-timestamp'],
    signature: signed['webhook-signature'],
  };
  const fault = (changed: Partial<typeof headers>, body = BODY, nowSeconds = NOW_SECONDS) =>
    findWebhookFault({ ...headers, ...changed }, body, SECRET, nowSeconds);

  test('finds none in what Weir signs', () => {
    expect(fault({})).toBeUndefined();
  });

  test('finds none when one of several signatures matches', () => {
    expect(fault({ signature: `v1,AAAA ${headers.signature} v2,x` })).toBeUndefined();
  });

  test('reports a changed body, id or time', () => {
    expect(fault({}, `${BODY} `)).toBe('no signature matches');
    expect(fault({ id: 'msg_2' })).toBe('no signature matches');
    expect(fault({ timestamp: String(NOW_SECONDS + 1) })).toBe('no signature matches');
  });

  test('reports a time out of tolerance, and one that is no number', () => {
    expect(fault({}, BODY, NOW_SECONDS + 301)).toMatch(/too old/);
    expect(fault({}, BODY, NOW_SECONDS - 301)).toMatch(/too old/);
    expect(fault({ timestamp: 'now' })).toMatch(/too old/);
  });

  test('reports a missing header', () => {
    expect(findWebhookFault({ ...headers, signature: undefined }, BODY, SECRET, NOW_SECONDS)).toMatch(
      /missing/,
    );
  });
});
