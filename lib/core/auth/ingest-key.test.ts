import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createIngestKey,
  IngestKey,
  isKeyValid,
  KEY_RANDOM_BYTES,
  mayWrite,
  readIngestKey,
} from './ingest-key.ts';

const settings = { name: 'orders', sources: ['orders-*'], createdAt: '2026-11-21T13:36:00.000Z' };
const { key, text } = createIngestKey(Buffer.alloc(KEY_RANDOM_BYTES, 0xab), settings);
const secret = text.slice('weir_'.length + key.keyId.length + 1);
const base64 = (plain: string) => Buffer.from(plain).toString('base64');

describe('createIngestKey', () => {
  test('makes a key of fixed shape that does not hold its secret', () => {
    expect(text).toMatch(/^weir_[0-9a-f]{12}_[0-9a-f]{40}$/);
    expect(IngestKey.parse(key)).toEqual(key);
    expect(JSON.stringify(key)).not.toContain(secret);
  });

  test('refuses another number of random bytes', () => {
    expect(() => createIngestKey(Buffer.alloc(8), settings)).toThrow('26 random bytes, got 8');
  });
});

describe('readIngestKey', () => {
  test.each([
    ['Bearer', { authorization: `Bearer ${text}` }],
    ['bearer in lower case', { authorization: `bearer  ${text} ` }],
    ['a plain ApiKey', { authorization: `ApiKey ${text}` }],
    ['ApiKey of id and secret', { authorization: `ApiKey ${base64(`${key.keyId}:${secret}`)}` }],
    ['Basic with the key as password', { authorization: `Basic ${base64(`weir:${text}`)}` }],
    ['Basic with id and secret', { authorization: `Basic ${base64(`${key.keyId}:${secret}`)}` }],
    ['X-Api-Key', { 'x-api-key': text }],
    ['X-Api-Key beside a signature', { authorization: 'AWS4-HMAC-SHA256 Credential=x', 'x-api-key': text }],
  ])('reads %s', (_name, headers) => {
    expect(readIngestKey(headers)).toEqual({ keyId: key.keyId, text });
  });

  test.each([
    {},
    { authorization: '' },
    { authorization: 'Bearer' },
    { authorization: 'Bearer weir_short_key' },
    { authorization: `Digest ${text}` },
    { authorization: 'Basic !!!' },
    { authorization: `Basic ${base64('user:password')}` },
    { 'x-api-key': `${text}x\u00e9` },
  ])('finds none in %j', (headers) => {
    expect(readIngestKey(headers)).toBeUndefined();
  });

  test('never throws, on any header', () => {
    fc.assert(
      fc.property(fc.constantFrom('Bearer ', 'Basic ', 'ApiKey ', ''), fc.string(), (scheme, rest) => {
        readIngestKey({ authorization: scheme + rest, 'x-api-key': rest });
      }),
    );
  });
});

describe('isKeyValid', () => {
  test('accepts the key itself', () => {
    expect(isKeyValid(key, { keyId: key.keyId, text })).toBe(true);
  });

  test('refuses a wrong secret, a disabled key and a stored hash of another length', () => {
    const wrong = `${text.slice(0, -1)}0`;
    expect(isKeyValid(key, { keyId: key.keyId, text: wrong })).toBe(false);
    expect(isKeyValid({ ...key, disabled: true }, { keyId: key.keyId, text })).toBe(false);
    expect(isKeyValid({ ...key, hash: 'short' }, { keyId: key.keyId, text })).toBe(false);
  });
});

test('mayWrite goes by the sources of the key', () => {
  expect(mayWrite(key, 'orders-api')).toBe(true);
  expect(mayWrite(key, 'payments')).toBe(false);
  expect(mayWrite({ ...key, sources: [] }, 'orders-api')).toBe(false);
  expect(mayWrite({ ...key, sources: ['a', '*'] }, 'payments')).toBe(true);
});
