import { deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ContentEncoding } from '../batch/envelope.ts';
import { openBody } from './open-body.ts';

const LIMIT_BYTES = 100_000;
const LINES = Buffer.from('{"message":"hello"}\n'.repeat(50));

const PACK = [
  ['identity', 'identity', (bytes: Buffer) => bytes],
  ['gzip', 'gzip', (bytes: Buffer) => gzipSync(bytes)],
  ['deflate with zlib header', 'deflate', (bytes: Buffer) => deflateSync(bytes)],
  ['deflate without header', 'deflate', (bytes: Buffer) => deflateRawSync(bytes)],
  ['zstd', 'zstd', (bytes: Buffer) => zstdCompressSync(bytes)],
] as const satisfies readonly (readonly [string, ContentEncoding, (bytes: Buffer) => Buffer])[];
const COMPRESSED = PACK.filter(([, encoding]) => encoding !== 'identity');

const refused = (reason: string) => expect.objectContaining({ kind: 'refused', reason });

describe.each(PACK)('openBody of %s', (_name, encoding, pack) => {
  test('gives the bytes that were packed', () => {
    expect(openBody(pack(LINES), encoding, LIMIT_BYTES)).toEqual({ kind: 'opened', body: LINES, encoding });
  });

  test('opens a body of exactly the limit and refuses one byte more', () => {
    const body = Buffer.alloc(LIMIT_BYTES, 'a');
    expect(openBody(pack(body), encoding, LIMIT_BYTES).kind).toBe('opened');
    const larger = pack(Buffer.alloc(LIMIT_BYTES + 1, 'a'));
    expect(openBody(larger, encoding, LIMIT_BYTES)).toEqual({
      kind: 'refused',
      reason: 'too-large',
      detail: expect.stringContaining('100000 bytes'),
    });
  });

  test('opens whatever was packed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        // A plain body that begins like a compressed one is taken for one.
        const body = Buffer.concat([Buffer.from('.'), bytes]);
        const outcome = openBody(pack(body), encoding, LIMIT_BYTES);
        return outcome.kind === 'opened' && outcome.body.equals(body);
      }),
    );
  });
});

describe.each(COMPRESSED)('openBody of damaged %s', (_name, encoding, pack) => {
  test('refuses it cut at any byte', () => {
    const packed = pack(LINES);
    for (let length = 0; length < packed.length; length += 1) {
      expect(openBody(packed.subarray(0, length), encoding, LIMIT_BYTES).kind).toBe('refused');
    }
  });

  test('says that a cut body ends too early', () => {
    const outcome = openBody(pack(LINES).subarray(0, -1), encoding, LIMIT_BYTES);
    expect(outcome).toMatchObject({ reason: 'corrupt', detail: expect.stringContaining('ends too early') });
  });

  test('refuses bytes after its end', () => {
    const packed = Buffer.concat([pack(LINES), Buffer.from('rest')]);
    expect(openBody(packed, encoding, LIMIT_BYTES)).toEqual(refused('corrupt'));
  });
});

describe('openBody', () => {
  test('never throws, on any bytes under any label', () => {
    const labels = fc.constantFrom<ContentEncoding>('identity', 'gzip', 'deflate', 'zstd');
    const magics = fc
      .constantFrom('', '1f8b08', '28b52ffd', '789c', '1fefbfbd')
      .map((hex) => Buffer.from(hex, 'hex'));
    fc.assert(
      fc.property(labels, magics, fc.uint8Array({ maxLength: 200 }), (encoding, magic, bytes) => {
        openBody(Buffer.concat([magic, bytes]), encoding, 1000);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['gzip', gzipSync(LINES)],
    ['zstd', zstdCompressSync(LINES)],
  ])('recognises %s without a label', (encoding, packed) => {
    expect(openBody(packed, 'identity', LIMIT_BYTES)).toEqual({ kind: 'opened', body: LINES, encoding });
  });

  test.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ] as const)('opens all members of a %s body', (encoding, pack) => {
    const packed = Buffer.concat([pack(LINES), pack(Buffer.alloc(0)), pack(LINES)]);
    const body = Buffer.concat([LINES, LINES]);
    expect(openBody(packed, encoding, LIMIT_BYTES)).toEqual({ kind: 'opened', body, encoding });
  });

  test('bounds the sum of all zstd frames, and their number', () => {
    const frame = zstdCompressSync(Buffer.alloc(60_000));
    const twice = Buffer.concat([frame, frame]);
    expect(openBody(twice, 'zstd', LIMIT_BYTES)).toEqual(refused('too-large'));
    const empty = zstdCompressSync(Buffer.alloc(0));
    const many = Buffer.concat(Array<Buffer>(1001).fill(empty));
    expect(openBody(many, 'zstd', LIMIT_BYTES)).toEqual(refused('corrupt'));
  });

  test('refuses a zstd window above 8 MB and says so', () => {
    // RFC 8878: magic, descriptor without single segment, window descriptor of 2^27 bytes, an empty last block.
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, (27 - 10) << 3, 0x01, 0x00, 0x00]);
    expect(openBody(frame, 'zstd', LIMIT_BYTES)).toMatchObject({
      reason: 'corrupt',
      detail: expect.stringContaining('8 MB'),
    });
  });

  test('refuses text under the label of a compression', () => {
    for (const encoding of ['gzip', 'deflate', 'zstd'] as const) {
      expect(openBody(LINES, encoding, LIMIT_BYTES)).toEqual(refused('corrupt'));
    }
  });

  test.each(COMPRESSED.filter(([name]) => name !== 'deflate without header'))(
    'tells %s that arrived as text from a damaged body',
    (_name, encoding, pack) => {
      const asText = Buffer.from(pack(LINES).toString('utf8'));
      const outcome = openBody(asText, encoding, LIMIT_BYTES);
      expect(outcome).toMatchObject({
        reason: 'mangled',
        detail: expect.stringContaining('application/octet-stream'),
      });
    },
  );

  test('takes other text with a replaced character for what it is', () => {
    const body = Buffer.from('x\ufffd y');
    expect(openBody(body, 'identity', LIMIT_BYTES)).toEqual({ kind: 'opened', body, encoding: 'identity' });
    expect(openBody(body, 'zstd', LIMIT_BYTES)).toEqual(refused('corrupt'));
  });

  test('recognises gzip that arrived as text without a label', () => {
    const asText = Buffer.from(gzipSync(LINES).toString('utf8'));
    expect(openBody(asText, 'identity', LIMIT_BYTES)).toEqual(refused('mangled'));
  });

  test('refuses a bomb of 2 GB within bounded memory', () => {
    const limitBytes = 64 * 2 ** 20;
    const member = gzipSync(Buffer.alloc(limitBytes));
    const bomb = Buffer.concat(Array<Buffer>(32).fill(member));
    const before = process.resourceUsage().maxRSS;
    expect(openBody(bomb, 'gzip', limitBytes)).toEqual(refused('too-large'));
    const grownBytes = (process.resourceUsage().maxRSS - before) * 1024;
    expect(grownBytes).toBeLessThan(3 * limitBytes);
  });
});
