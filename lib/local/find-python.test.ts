import { expect, test } from 'vitest';
import { isNewEnough } from './find-python.ts';

test.each([
  ['3.9', false],
  ['3.10', true],
  ['3.14', true],
  ['2.7', false],
  ['4.0', false],
])('isNewEnough tells whether the emulator runs on %s', (version, expected) => {
  expect(isNewEnough(version)).toBe(expected);
});
