import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stackPaths } from './stack-paths.ts';
import { withLock } from './with-lock.ts';

let home: string;
let lock: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'weir-lock-'));
  lock = join(stackPaths(home).run, 'lock');
});

afterEach(() => rmSync(home, { recursive: true }));

test('withLock refuses a second command while the first works, naming its process', async () => {
  const second = withLock(stackPaths(home), () => withLock(stackPaths(home), async () => 'never'));
  await expect(second).rejects.toThrow(`Process ${process.pid} is working on this stack`);
});

test('withLock frees the stack when the work throws', async () => {
  const work = withLock(stackPaths(home), () => Promise.reject(new Error('failed')));
  await expect(work).rejects.toThrow('failed');
  expect(existsSync(lock)).toBe(false);
  expect(await withLock(stackPaths(home), async () => 'done')).toBe('done');
  expect(readdirSync(stackPaths(home).run)).toEqual([]);
});

test('withLock takes over the lock of a command that was killed', async () => {
  mkdirSync(stackPaths(home).run, { recursive: true });
  writeFileSync(lock, `${process.pid} another time\n`);
  expect(await withLock(stackPaths(home), async () => 'done')).toBe('done');
});
