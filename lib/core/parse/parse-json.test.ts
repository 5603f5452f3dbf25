import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from './parse-json.ts';

describe('parseJson', () => {
  test.each([
    ['{"id":9007199254740993}', { id: '9007199254740993' }],
    ['{"id": -12345678901234567890}', { id: '-12345678901234567890' }],
    ['[1, 9007199254740993]', [1, '9007199254740993']],
    [
      '{"id":9007199254740991,"n":1.5,"large":12345678901234567e3}',
      { id: 9007199254740991, n: 1.5, large: 1.2345678901234567e19 },
    ],
    ['{"infinite":-1e400,"small":1e-400}', { infinite: '-1e400', small: 0 }],
    ['{"text":"x:1234567890123456789"}', { text: 'x:1234567890123456789' }],
  ])('reads %s without losing a digit of a whole number', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  test.each(['', '{', '{"a":1', 'x', '12345678901234567 x'])('has nothing for %j', (text) => {
    expect(parseJson(text)).toBeUndefined();
  });

  test('reads what JSON.parse reads where no number is long', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!/\d{16}/.test(text));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });
});
