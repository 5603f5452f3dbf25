import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SourceName, toSourceName } from './source-name.ts';

test('toSourceName keeps a name and replaces what a name cannot hold', () => {
  expect(toSourceName('orders-api')).toBe('orders-api');
  expect(toSourceName('orders api (eu)')).toBe('orders-api-eu-');
  expect(toSourceName('')).toBeUndefined();
  expect(toSourceName('//')).toBeUndefined();
});

test('toSourceName gives a SourceName or undefined, for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const name = toSourceName(text);
      expect(name === undefined || SourceName.safeParse(name).success).toBe(true);
    }),
  );
});
