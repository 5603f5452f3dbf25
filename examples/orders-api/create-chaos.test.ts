import { describe, expect, test } from 'vitest';
import { createChaos } from './create-chaos.ts';

const turns = (seed: number) => {
  const next = createChaos(seed);
  return Array.from({ length: 200 }, () => next());
};

describe('createChaos', () => {
  test('gives the same turns for the same seed and others for another', () => {
    expect(turns(7)).toEqual(turns(7));
    expect(turns(7)).not.toEqual(turns(8));
  });

  test('has every mode in a long run', () => {
    expect(new Set(turns(7).map((turn) => turn.mode))).toEqual(new Set(['ok', 'slow', 'error', 'exception']));
  });
});
