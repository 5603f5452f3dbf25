import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { takeTurn } from './take-turn.ts';

describe('takeTurn', () => {
  test('gives everything in every turn when it fits into one', () => {
    expect(takeTurn(['a', 'b'], 7, 2)).toEqual(['a', 'b']);
    expect(takeTurn([], 7, 2)).toEqual([]);
  });

  test('goes on where the turn before ended, and begins again after the last', () => {
    const turns = [0, 1, 2].map((turn) => takeTurn(['a', 'b', 'c'], turn, 2));
    expect(turns).toEqual([
      ['a', 'b'],
      ['c', 'a'],
      ['b', 'c'],
    ]);
  });

  test('reaches each item within as many turns as the items fill, and never one twice in a turn', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        fc.nat({ max: 6_000_000 }),
        (count, size, first) => {
          const items = Array.from({ length: count }, (_, place) => place);
          const turns = Array.from({ length: Math.ceil(count / size) }, (_, place) =>
            takeTurn(items, first + place, size),
          );
          for (const turn of turns) {
            expect(turn.length).toBeLessThanOrEqual(size);
            expect(new Set(turn).size).toBe(turn.length);
          }
          expect(new Set(turns.flat()).size).toBe(count);
        },
      ),
    );
  });
});
