import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fillCache } from './fill-cache.ts';

let cache: string;
let folder: string;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'weir-cache-'));
  folder = join(cache, 'below', 'thing-1.0');
});

afterEach(() => rmSync(cache, { recursive: true }));

const write = (text: string) => async (unfinished: string) => writeFileSync(join(unfinished, 'file'), text);

test('fillCache fills a folder once', async () => {
  await fillCache(folder, write('first'));
  expect(await fillCache(folder, write('second'))).toBe(folder);
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('first');
});

test('fillCache leaves nothing when filling fails', async () => {
  const filling = fillCache(folder, async (unfinished) => {
    await write('half')(unfinished);
    throw new Error('no network');
  });
  await expect(filling).rejects.toThrow('no network');
  expect(readdirSync(join(cache, 'below'))).toEqual([]);
});

test('fillCache gives the same complete folder to two commands at once', async () => {
  await Promise.all([fillCache(folder, write('one')), fillCache(folder, write('two'))]);
  expect(readdirSync(join(cache, 'below'))).toEqual(['thing-1.0']);
});
