import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readRules } from '../../lib/core/alert/read-rules.ts';

const FOLDER = new URL('../../rules/', import.meta.url);
const names = (await readdir(FOLDER)).filter(
  (name) => name.endsWith('.yaml') && !name.endsWith('.test.yaml'),
);
const files = await Promise.all(
  names.map(async (name) => ({ file: name, document: parse(await readFile(new URL(name, FOLDER), 'utf8')) })),
);

test('every rule that is shipped can be used', () => {
  const rules = readRules(files, { WINDOW_MINUTES: 5, ALERT_THRESHOLD: 1 });
  expect(rules.map((rule) => `${rule.id}.yaml`)).toEqual(names);
});

test('the sandbox rule counts errors in WINDOW_MINUTES and fires when they reach ALERT_THRESHOLD', () => {
  const rules = readRules(files, { WINDOW_MINUTES: 7, ALERT_THRESHOLD: 3 });
  expect(rules.find((rule) => rule.id === 'orders-errors')).toMatchObject({
    mode: 'live',
    indices: ['orders-*'],
    levels: ['error'],
    windowSeconds: 420,
    condition: { operator: 'greater_than_or_equal', thresholds: [{ value: 3 }] },
    notify: { channels: ['webhook'] },
  });
});
