import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packArchive, unpackArchive } from './archive-file.ts';
import { parkedEvents, parkedKey, parkedLine, readParkedKey } from './parked-file.ts';

const KEY = parkedKey('2026-11-21T10:00:00.000Z', 'batch-1');

describe('parkedEvents', () => {
  test('gives back the documents as they were, byte for byte, and archive readers see them too', () => {
    const document = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(fc.array(document, { minLength: 1 }), (documents) => {
        const placed = documents.map((source, _position) => ({
          head: { _index: 'logs-a-b', _id: `id-${_position}`, _position, _time_ms: 5, _has_own_id: false },
          json: JSON.stringify(source),
        }));
        const bytes = packArchive(
          placed.map(({ head, json }) => parkedLine(head, json)),
          'zstd',
        );
        const read = [...parkedEvents(KEY, bytes)];
        expect(read.map(({ _source }) => JSON.stringify(_source))).toEqual(placed.map(({ json }) => json));
        expect(read.map(({ _source: _, ...head }) => head)).toEqual(placed.map(({ head }) => head));
        expect(unpackArchive(KEY, bytes).map(({ _id }) => _id)).toEqual(placed.map(({ head }) => head._id));
      }),
    );
  });

  test('throws where the object is damaged', () => {
    expect(() => [...parkedEvents(KEY, Buffer.from('no zstd'))]).toThrow();
  });
});

describe('readParkedKey', () => {
  test('gives back the batch and its day', () => {
    expect(KEY).toBe('parked/dt=2026-11-21/batch-1.ndjson.zst');
    expect(readParkedKey(KEY)).toEqual({ day: '2026-11-21', batch: 'batch-1' });
  });

  test.each(['parked/', 'parked/dt=2026-11-21/a/b.ndjson.zst', 'archive/dt=2026-11-21/a.ndjson.zst'])(
    'does not know %s',
    (key) => {
      expect(readParkedKey(key)).toBeUndefined();
    },
  );
});
