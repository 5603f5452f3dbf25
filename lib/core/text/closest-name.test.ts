import { expect, test } from 'vitest';
import { closestName } from './closest-name.ts';

test.each([
  ['disect', 'dissect'],
  ['Date', 'date'],
  ['useragent', 'user_agent'],
  ['dat', 'date'],
  ['grok', undefined],
  ['', undefined],
  ['d'.repeat(10_000), undefined],
])('closestName takes %j for %s', (name, closest) => {
  expect(closestName(name, ['dissect', 'date', 'user_agent', 'scrub'])).toBe(closest);
});
