import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashSources } from './source-hash.ts';

const SETTINGS = { WINDOW_MINUTES: '5', ALERT_THRESHOLD: '3' };
let project: string;
let before: string;

const write = (file: string, text: string) => {
  mkdirSync(dirname(join(project, file)), { recursive: true });
  writeFileSync(join(project, file), text);
};

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'weir-sources-'));
  write('functions/intake/handler.ts', 'one');
  write('lib/core/deep/down/file.ts', 'two');
  before = hashSources(project, SETTINGS);
});

afterEach(() => rmSync(project, { recursive: true }));

test('hashSources is the same when nothing has changed, whatever the order of the settings', () => {
  expect(hashSources(project, { ALERT_THRESHOLD: '3', WINDOW_MINUTES: '5' })).toBe(before);
});

test.each([
  'functions/intake/handler.ts',
  'lib/core/deep/down/file.ts',
  'lib/infra/stack.ts',
  'pipelines/a.yaml',
  'rules/a.yaml',
  'bin/app.ts',
  'package-lock.json',
])('hashSources differs when %s changes', (file) => {
  write(file, 'changed');
  expect(hashSources(project, SETTINGS)).not.toBe(before);
});

test.each(['lib/core/a.test.ts', 'lib/local/a.ts', 'lib/cli/a.ts', 'docs/a.md'])(
  'hashSources is the same when %s changes',
  (file) => {
    write(file, 'changed');
    expect(hashSources(project, SETTINGS)).toBe(before);
  },
);

test('hashSources differs when a setting changes', () => {
  expect(hashSources(project, { ...SETTINGS, WINDOW_MINUTES: '6' })).not.toBe(before);
});

test('hashSources differs when a file moves', () => {
  write('functions/intake/other.ts', 'one');
  rmSync(join(project, 'functions/intake/handler.ts'));
  expect(hashSources(project, SETTINGS)).not.toBe(before);
});
