import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCoveredBy } from './source-glob.ts';

test.each([
  ['orders', 'orders', true],
  ['orders', 'orders-api', false],
  ['*', 'anything', true],
  ['*', '', true],
  ['orders-*', 'orders-api', true],
  ['orders-*', 'orders', false],
  ['*-api', 'orders-api', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c', false],
  ['ab*bc', 'abc', false],
  ['a**c', 'ac', true],
  ['a.c', 'abc', false],
])('isCoveredBy of %s says of %s: %s', (glob, name, covered) => {
  expect(isCoveredBy(glob, name)).toBe(covered);
});

test('isCoveredBy agrees with the regular expression of the same glob', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
  const name = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 });
  fc.assert(
    fc.property(text, name, (glob, source) => {
      const pattern = new RegExp(`^${glob.replaceAll('*', '.*')}$`);
      expect(isCoveredBy(glob, source)).toBe(pattern.test(source));
    }),
    { numRuns: 1000 },
  );
});
