import { describe, expect, test } from 'vitest';
import { parseWebhookSecret, signWebhook } from './sign.ts';

const TEXT = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

describe('signWebhook', () => {
  // The example of the Standard Webhooks reference libraries.
  test('gives the signature of the published example', () => {
    const body = '{"test": 2432232314}';
    expect(
      signWebhook(parseWebhookSecret(TEXT), 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330, body),
    ).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });
});

describe('parseWebhookSecret', () => {
  test('reads the same secret with and without its prefix', () => {
    expect(parseWebhookSecret(`${TEXT}\n`)).toEqual(parseWebhookSecret(TEXT.slice('whsec_'.length)));
  });

  test.each([
    ['nothing', ''],
    ['too short', 'whsec_c2hvcnQ='],
    ['too long', Buffer.alloc(65).toString('base64')],
    ['not base64', 'whsec_this is not base64, whatever it is'],
  ])('refuses a secret that is %s, without quoting it', (_name, text) => {
    const read = () => parseWebhookSecret(text);
    expect(read).toThrow('base64 of 24 to 64 bytes');
    if (text !== '') expect(read).not.toThrow(text);
  });
});
