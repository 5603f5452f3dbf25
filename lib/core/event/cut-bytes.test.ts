import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutBytes } from './cut-bytes.ts';

test('cutBytes keeps the longest beginning that fits and holds whole characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.nat(60), (text, bytes) => {
      const cut = cutBytes(text, bytes);
      const next = [...text][[...cut].length];
      expect(text.startsWith(cut)).toBe(true);
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(bytes);
      if (next !== undefined) expect(Buffer.byteLength(cut + next)).toBeGreaterThan(bytes);
    }),
  );
});
