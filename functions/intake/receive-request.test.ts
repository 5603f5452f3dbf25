import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryKeyStore } from '../../lib/adapters/memory/key-store.ts';
import { createMemoryLedger } from '../../lib/adapters/memory/ledger.ts';
import { createMemoryMessageQueue } from '../../lib/adapters/memory/message-queue.ts';
import { createMemoryObjectStore } from '../../lib/adapters/memory/object-store.ts';
import { createIngestKey, KEY_RANDOM_BYTES } from '../../lib/core/auth/ingest-key.ts';
import { Envelope } from '../../lib/core/batch/envelope.ts';
import type { HttpRequest, HttpResponse } from '../../lib/core/http/http-message.ts';
import { type Intake, receiveRequest } from './receive-request.ts';

const createdAt = '2026-11-21T13:00:00.000Z';
const free = createIngestKey(Buffer.alloc(KEY_RANDOM_BYTES, 1), { name: 'all', sources: ['*'], createdAt });
const scoped = createIngestKey(Buffer.alloc(KEY_RANDOM_BYTES, 2), {
  name: 'few',
  sources: ['orders-*'],
  createdAt,
});
const slow = createIngestKey(Buffer.alloc(KEY_RANDOM_BYTES, 3), {
  name: 'slow',
  sources: ['*'],
  requestsPerMinute: 2,
  createdAt,
});

async function createStage() {
  const keys = createMemoryKeyStore();
  for (const { key } of [free, scoped, slow]) await keys.putIngestKey(key);
  const ledger = createMemoryLedger();
  const queue = createMemoryMessageQueue();
  const refusals: [number, string][] = [];
  const acceptances: [number, number, boolean][] = [];
  let nowMs = Date.parse('2026-11-21T13:36:40.000Z');
  let seed = 0;
  const intake: Intake = {
    ...keys,
    ledger,
    queue,
    objects: createMemoryObjectStore(),
    events: {
      requestRefused: (status, code) => refusals.push([status, code]),
      batchAccepted: (...given) => acceptances.push(given),
    },
    maxOpenBytes: 10_000,
    maxInlineBytes: 5000,
    now: () => nowMs,
    random: () => {
      seed = (seed + 0.618_033_988_7) % 1;
      return seed;
    },
  };
  const advance = (milliseconds: number) => {
    nowMs += milliseconds;
  };
  return { intake, keys, ledger, queue, refusals, acceptances, advance };
}

type Given = Partial<Omit<HttpRequest, 'body'>> & { body?: string | Buffer; key?: string };

function requestOf({ key = free.text, headers = {}, body = '', ...rest }: Given): HttpRequest {
  return {
    method: 'POST',
    path: '/ingest/orders-api',
    query: new URLSearchParams(),
    client: '203.0.113.9',
    ...rest,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'text/plain', ...headers },
    body: Buffer.from(body as string),
  };
}

async function send(given: Given): Promise<HttpResponse & { readonly json: Record<string, unknown> }> {
  const { intake } = await createStage();
  return sendTo(intake, given);
}

async function sendTo(intake: Intake, given: Given) {
  const response = await receiveRequest(intake, requestOf(given));
  return { ...response, json: JSON.parse(response.body) as Record<string, unknown> };
}

describe('receiveRequest', () => {
  test('answers 202 with batch and count, and has then sent the batch', async () => {
    const { intake, queue, acceptances } = await createStage();
    const { status, headers, json } = await sendTo(intake, { body: 'one\ntwo\n' });
    expect(status).toBe(202);
    expect(headers['content-type']).toBe('application/json');
    expect(json).toEqual({ batch: expect.stringMatching(/^[0-9A-Z]{26}$/), accepted: 2 });
    const envelope = Envelope.parse(JSON.parse(queue.messages[0]?.body ?? ''));
    expect(envelope).toMatchObject({
      batch: json['batch'],
      source: 'orders-api',
      key_id: free.key.keyId,
      dialect: 'text',
      count: 2,
      received_at: '2026-11-21T13:36:40.000Z',
    });
    expect(acceptances).toEqual([[2, 8, false]]);
  });

  test.each([
    ['/ingest', 'http'],
    ['/ingest/', 'http'],
    ['/ingest/orders', 'orders'],
    ['/ingest/orders/', 'orders'],
    ['/ingest/Orders_1.x-y', 'Orders_1.x-y'],
  ])('takes what is posted to %s as source %s', async (path, source) => {
    const { intake, queue } = await createStage();
    expect((await sendTo(intake, { path, body: 'x' })).status).toBe(202);
    expect(JSON.parse(queue.messages[0]?.body ?? '')).toMatchObject({ source });
  });

  test.each([
    ['application/x-ndjson', '{"a":1}\n{"a":2}\n', 'ndjson', 2],
    ['application/ndjson; charset=utf-8', '{"a":1}\nx\n', 'ndjson', 2],
    ['application/json', '{"a":1}', 'json', 1],
    ['Application/JSON', '[{"a":1},{"a":2},{"a":3}]', 'json', 3],
    ['application/json', '{"a":1}\n{"a":2}\n', 'json', 2],
    ['text/plain; charset=utf-8', '{"a":1}\n', 'text', 1],
    ['application/octet-stream', '[1,2]', 'json', 2],
    [undefined, '{"a":1}\n{"a":2}\n', 'ndjson', 2],
    [undefined, 'hello', 'text', 1],
  ])('reads %s', async (type, body, dialect, count) => {
    const { intake, queue } = await createStage();
    const { json } = await sendTo(intake, { headers: { 'content-type': type }, body });
    expect(json).toMatchObject({ accepted: count });
    expect(JSON.parse(queue.messages[0]?.body ?? '')).toMatchObject({ dialect, count });
  });

  test('honours the original type that a front door sends beside octet-stream', async () => {
    const { intake, queue } = await createStage();
    const headers = { 'content-type': 'application/octet-stream', 'x-weir-content-type': 'application/json' };
    await sendTo(intake, { headers, body: gzipSync('{"a":1}') });
    expect(JSON.parse(queue.messages[0]?.body ?? '')).toMatchObject({
      dialect: 'json',
      content_encoding: 'gzip',
    });
  });

  test.each([
    ['gzip', 'gzip', gzipSync],
    ['x-gzip', 'gzip', gzipSync],
    ['deflate', 'deflate', deflateSync],
    ['zstd', 'zstd', zstdCompressSync],
    ['Identity', 'identity', Buffer.from],
    ['', 'gzip', gzipSync],
  ] as const)('opens a body labelled %j', async (label, encoding, pack) => {
    const { intake, queue } = await createStage();
    const body = pack(Buffer.from('one\ntwo\nthree'));
    const { json } = await sendTo(intake, { headers: { 'content-encoding': label }, body });
    expect(json).toMatchObject({ accepted: 3 });
    expect(JSON.parse(queue.messages[0]?.body ?? '')).toMatchObject({
      content_encoding: encoding,
      bytes: body.length,
    });
  });

  test('answers health to anybody', async () => {
    const { intake } = await createStage();
    const bare = { ...requestOf({ method: 'GET', path: '/health' }), headers: {} };
    expect(await receiveRequest(intake, bare)).toMatchObject({ status: 200, body: '{"status":"ok"}' });
  });
});

describe('receiveRequest refuses', () => {
  test.each<[string, Given, number, string]>([
    ['another path', { path: '/logs' }, 404, 'POST /ingest'],
    ['a path below a source', { path: '/ingest/a/b' }, 404, 'POST /ingest'],
    ['a source of other characters', { path: '/ingest/a%20b' }, 400, '1 to 128'],
    ['a source that is too long', { path: `/ingest/${'a'.repeat(129)}` }, 400, '1 to 128'],
    [
      'a source that the key may not write to',
      { key: scoped.text, path: '/ingest/payments' },
      403,
      'orders-*',
    ],
    ['an empty body', { body: '' }, 400, 'no records'],
    ['blank lines', { body: ' \n\r\n' }, 400, 'no records'],
    ['an empty array', { body: '[]', headers: { 'content-type': 'application/json' } }, 400, 'no records'],
    ['an empty Idempotency-Key', { body: 'x', headers: { 'idempotency-key': '' } }, 400, '1 to 256'],
    [
      'a long Idempotency-Key',
      { body: 'x', headers: { 'idempotency-key': 'k'.repeat(257) } },
      400,
      '1 to 256',
    ],
    [
      'an Idempotency-Key with a space',
      { body: 'x', headers: { 'idempotency-key': 'a b' } },
      400,
      'visible ASCII',
    ],
    ['a damaged body', { body: 'xyz', headers: { 'content-encoding': 'gzip' } }, 400, 'Send it again'],
    ['a large body', { body: 'x'.repeat(10_001) }, 413, '10000 bytes'],
    ['a body that opens large', { body: gzipSync(Buffer.alloc(10_001)) }, 413, '10000 bytes'],
  ])('%s', async (_name, given, status, hint) => {
    const { intake, queue, ledger, refusals } = await createStage();
    const response = await sendTo(intake, given);
    expect(response.status).toBe(status);
    expect(response.headers['content-type']).toBe('application/problem+json');
    expect(response.json).toEqual({
      type: expect.stringMatching(/^urn:weir:problem:[a-z-]+$/),
      title: expect.any(String),
      status,
      detail: expect.stringContaining(hint),
    });
    expect(queue.messages).toEqual([]);
    expect(ledger.entries.size).toBe(0);
    expect(refusals).toEqual([[status, String(response.json['type']).split(':')[3]]]);
  });

  test.each([
    ['GET', '/ingest', 'POST'],
    ['PUT', '/ingest/orders', 'POST'],
    ['POST', '/health', 'GET'],
  ])('%s %s with the method that is allowed', async (method, path, allow) => {
    const { status, headers } = await send({ method, path });
    expect([status, headers['allow']]).toEqual([405, allow]);
  });

  test.each([
    ['no key', undefined],
    ['an unknown key', `Bearer weir_${'0'.repeat(12)}_${'0'.repeat(40)}`],
    ['a wrong secret', `Bearer ${free.text.slice(0, -2)}00`],
    ['a password that is no key', `Basic ${Buffer.from('user:password').toString('base64')}`],
  ])('%s with a challenge', async (_name, authorization) => {
    const { status, headers, json } = await send({ headers: { authorization }, body: 'x' });
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toContain('Bearer');
    expect(json['detail']).toMatch(/ingest key/);
  });

  test('a key that was disabled', async () => {
    const { intake, keys } = await createStage();
    await keys.disableIngestKey(free.key.keyId);
    expect((await sendTo(intake, { body: 'x' })).status).toBe(401);
  });

  test.each(['application/msgpack', 'application/x-www-form-urlencoded', 'constructor', '__proto__'])(
    'the content type %s, naming those that it takes',
    async (type) => {
      const { status, headers, json } = await send({ headers: { 'content-type': type }, body: 'x' });
      expect(status).toBe(415);
      expect(json['detail']).toContain('application/x-ndjson');
      expect(headers['accept']).toContain('text/plain');
    },
  );

  test.each(['br', 'gzip, gzip', 'constructor'])('the content encoding %s', async (encoding) => {
    const { status, headers } = await send({ headers: { 'content-encoding': encoding }, body: 'x' });
    expect([status, headers['accept-encoding']]).toEqual([415, 'identity, gzip, deflate, zstd']);
  });

  test('gzip that arrived as text, saying how to send it', async () => {
    const body = gzipSync('{"a":1}').toString('utf8');
    const { status, json } = await send({ headers: { 'content-type': 'application/json' }, body });
    expect(status).toBe(415);
    expect(json['detail']).toContain('application/octet-stream');
  });

  test('more requests of a key than it may send in a minute', async () => {
    const { intake, advance } = await createStage();
    const statuses = [];
    for (let count = 0; count < 3; count += 1) {
      statuses.push((await sendTo(intake, { key: slow.text, body: `${count}` })).status);
    }
    expect(statuses).toEqual([202, 202, 429]);
    expect((await sendTo(intake, { key: slow.text, body: 'x' })).headers['retry-after']).toBe('20');
    expect((await sendTo(intake, { body: 'x' })).status).toBe(202);
    advance(20_000);
    expect((await sendTo(intake, { key: slow.text, body: 'x' })).status).toBe(202);
  });
});

describe('receiveRequest and repeats', () => {
  const timed = '{"@timestamp":"2026-11-21T13:36:00Z","message":"a"}\n';
  const ndjson = { 'content-type': 'application/x-ndjson' };

  async function sendTwice(first: Given, second: Given) {
    const stage = await createStage();
    const answers = [await sendTo(stage.intake, first), await sendTo(stage.intake, second)];
    return { answers, messages: stage.queue.messages.length, isSame: answers[0]?.body === answers[1]?.body };
  }

  test('gives the same answer to the same Idempotency-Key and sends one message', async () => {
    const given = { body: 'x', headers: { 'idempotency-key': 'order-1' } };
    expect(await sendTwice(given, given)).toMatchObject({ isSame: true, messages: 1 });
  });

  test('knows a repeat that was compressed again', async () => {
    const headers = { 'idempotency-key': 'order-1' };
    const again = { headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipSync('x', { level: 9 }) };
    expect(await sendTwice({ headers, body: 'x' }, again)).toMatchObject({ isSame: true, messages: 1 });
  });

  test('refuses another body under the same Idempotency-Key with 422', async () => {
    const headers = { 'idempotency-key': 'order-1' };
    const { answers, messages } = await sendTwice({ headers, body: 'x' }, { headers, body: 'y' });
    expect(answers.map(({ status }) => status)).toEqual([202, 422]);
    expect(messages).toBe(1);
  });

  test('keeps the Idempotency-Keys of two senders apart', async () => {
    const given = { headers: { 'idempotency-key': 'order-1' }, body: 'x' };
    const outcome = await sendTwice(given, { ...given, key: scoped.text, body: 'y' });
    expect(outcome).toMatchObject({ isSame: false, messages: 2 });
  });

  test('knows a repeat by its body where each record says when it happened', async () => {
    const given = { headers: ndjson, body: timed };
    expect(await sendTwice(given, given)).toMatchObject({ isSame: true, messages: 1 });
    expect(await sendTwice(given, { ...given, client: '203.0.113.10' })).toMatchObject({ messages: 2 });
    expect(await sendTwice(given, { ...given, path: '/ingest/other' })).toMatchObject({ messages: 2 });
  });

  test('takes the same body twice where its records do not say when they happened', async () => {
    const given = { body: 'disk is full' };
    expect(await sendTwice(given, given)).toMatchObject({ isSame: false, messages: 2 });
  });

  test('answers two at the same time with one batch', async () => {
    const { intake, ledger } = await createStage();
    const given = { body: 'x', headers: { 'idempotency-key': 'order-1' } };
    const [first, second] = await Promise.all([sendTo(intake, given), sendTo(intake, given)]);
    expect(first?.body).toBe(second?.body);
    expect([...ledger.entries.values()]).toMatchObject([{ accepted: 2, duplicate: 1 }]);
  });
});

test('receiveRequest answers anything that is sent with a status of its own, and never throws', async () => {
  const { intake } = await createStage();
  const types = fc.constantFrom('application/json', 'text/plain', 'application/x-ndjson', 'a/b', '');
  const labels = fc.constantFrom('', 'gzip', 'deflate', 'zstd', 'br');
  await fc.assert(
    fc.asyncProperty(types, labels, fc.uint8Array(), fc.string(), async (type, label, bytes, path) => {
      const headers = { 'content-type': type, 'content-encoding': label };
      const body = Buffer.from(bytes);
      for (const target of ['/ingest', path]) {
        const { status } = await receiveRequest(intake, requestOf({ headers, body, path: target }));
        expect([202, 400, 404, 405, 413, 415]).toContain(status);
      }
    }),
  );
});
