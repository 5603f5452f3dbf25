import { expect, test } from 'vitest';
import { TwoGenerationCache } from './two-generation-cache.ts';

test('TwoGenerationCache computes again only what was not asked for in two generations', () => {
  const computed: string[] = [];
  const cache = new TwoGenerationCache<string>(2);
  const ask = (key: string): string =>
    cache.get(key, (missing) => {
      computed.push(missing);
      return missing.toUpperCase();
    });
  expect(['a', 'a', 'b', 'a', 'c', 'a', 'd', 'a', 'e'].map(ask)).toEqual([
    'A',
    'A',
    'B',
    'A',
    'C',
    'A',
    'D',
    'A',
    'E',
  ]);
  expect(computed).toEqual(['a', 'b', 'c', 'd', 'e']);
  ask('b');
  expect(computed).toEqual(['a', 'b', 'c', 'd', 'e', 'b']);
});

test('TwoGenerationCache does not remember keys of any length', () => {
  let computed = 0;
  const cache = new TwoGenerationCache<number>(2);
  const ask = (key: string): number =>
    cache.get(key, () => {
      computed += 1;
      return computed;
    });
  expect([
    ask('k'.repeat(1025)),
    ask('k'.repeat(1025)),
    ask('k'.repeat(1024)),
    ask('k'.repeat(1024)),
  ]).toEqual([1, 2, 3, 3]);
});
