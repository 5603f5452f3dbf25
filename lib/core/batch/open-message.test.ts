import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batchId, bodyHash } from './batch-key.ts';
import { encodeMessage } from './encode-message.ts';
import { Envelope, inlineBody, inlineBytes } from './envelope.ts';
import { openMessage } from './open-message.ts';

const SENT_AT = '2026-11-21T13:36:00.123Z';
const received = (body: string, source?: string) => ({
  messageId: 'c0ffee00-0000-4000-8000-000000000001',
  body,
  sentAtMs: Date.parse(SENT_AT),
  source,
});

function envelopeOf(bytes: Buffer): Envelope {
  return {
    weir: 1,
    batch: batchId({ kind: 'client', keyId: 'k', key: 'a' }),
    request: '01KAJ2M3N4P5Q6R7S8T9V0W1X2',
    received_at: SENT_AT,
    source: 'orders',
    key_id: 'k',
    dialect: 'text',
    content_encoding: 'identity',
    count: 1,
    bytes: bytes.length,
    body_hash: bodyHash(bytes),
    body: inlineBody(bytes),
  };
}

/** What SQS takes: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const SQS_TEXT = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;

describe('openMessage', () => {
  test('gives back what encodeMessage was given, in characters that SQS takes, for any bytes', () => {
    const awkward = fc
      .constantFrom('', '\uffff', '\ufffe', '\u0000', '\ufeff', '"\\')
      .map((text) => Buffer.from(text));
    fc.assert(
      fc.property(awkward, fc.uint8Array({ maxLength: 300 }), (text, noise) => {
        for (const bytes of [Buffer.concat([text, noise]), text]) {
          const message = encodeMessage(envelopeOf(bytes));
          expect(message).toMatch(SQS_TEXT);
          const { body } = openMessage(received(message));
          expect(body.kind === 'inline' && inlineBytes(body).equals(bytes)).toBe(true);
        }
      }),
    );
  });

  test('gives back an envelope with a pointer', () => {
    const envelope = {
      ...envelopeOf(Buffer.from('x')),
      body: { kind: 'object', key: 'raw/2026/x' },
    } as const;
    expect(openMessage(received(encodeMessage(envelope)))).toEqual(envelope);
  });

  test.each([
    ['{"a":1}\n{"b":2}\n', 'ndjson', 2],
    ['[{"a":1},{"b":2},{"c":3}]', 'json', 3],
    ['{"a":1}', 'json', 1],
    ['hello\nworld', 'text', 2],
    ['  ', 'text', 0],
  ])('takes the bare message %j for %s', (body, dialect, count) => {
    const bytes = Buffer.from(body);
    expect(openMessage(received(body))).toEqual({
      weir: 1,
      batch: batchId({ kind: 'aws', service: 'sqs', key: 'c0ffee00-0000-4000-8000-000000000001' }),
      request: 'c0ffee00-0000-4000-8000-000000000001',
      received_at: SENT_AT,
      source: 'sqs',
      key_id: '',
      dialect,
      content_encoding: 'identity',
      count,
      bytes: bytes.length,
      body_hash: bodyHash(bytes),
      body: { kind: 'inline', encoding: 'utf8', data: body },
    });
  });

  test('takes the source from the attribute, if it is one', () => {
    expect(openMessage(received('x', 'orders')).source).toBe('orders');
    expect(openMessage(received('x', 'no such/source')).source).toBe('sqs');
  });

  test('takes what only resembles an envelope for a bare message', () => {
    for (const body of ['{"weir":1,"batch":"x"}', '{"weir":1,', '{"weir":1,"extra":true}']) {
      expect(openMessage(received(body))).toMatchObject({ source: 'sqs', body: { data: body } });
    }
    const widened = JSON.stringify({ ...envelopeOf(Buffer.from('x')), unknown: 1 });
    expect(openMessage(received(widened)).source).toBe('sqs');
  });

  test('makes a valid envelope of any message', () => {
    const starts = fc.constantFrom('', '{"weir":1,', '{', '[');
    fc.assert(
      fc.property(starts, fc.string({ unit: 'binary' }), (start, rest) => {
        expect(Envelope.safeParse(openMessage(received(start + rest))).success).toBe(true);
      }),
    );
  });
});
