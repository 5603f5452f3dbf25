import { describe, expect, test } from 'vitest';
import { compileDissect, cutByPattern, type DissectPattern } from './dissect-pattern.ts';

describe('compileDissect', () => {
  test.each([
    ['', /no key/],
    ['plain', /no key/],
    ['%{a}%{b}', /nothing between/],
    ['%{a} %{b', /unfinished key/],
    ['%{a..b}', /illegal field: %\{a\.\.b\}/],
    ['%{a b} %{c}', /illegal field/],
  ])('says what is wrong with %j', (pattern, problem) => {
    expect(compileDissect(pattern)).toMatch(problem);
  });
});

describe('cutByPattern', () => {
  const cut = (pattern: string, text: string): string[] | undefined =>
    cutByPattern(compileDissect(pattern) as DissectPattern, text);

  test.each([
    ['[%{a}] %{b}', '[x] y', ['x', 'y']],
    ['[%{a}] %{b}', 'x] y', undefined],
    ['%{a}|%{b}', 'x', undefined],
    ['%{a->} %{b}', 'x    y', ['x', 'y']],
    ['%{a} (%{b})', 'x (y)', ['x', 'y']],
    ['%{a} (%{b})', 'x (y', undefined],
    ['%{a}, %{b}', ', ', ['', '']],
  ])('cuts by %j', (pattern, text, values) => {
    expect(cut(pattern, text)).toEqual(values);
  });
});
