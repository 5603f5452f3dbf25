import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';

const root = join(tmpdir(), `weir-infra-${randomUUID()}`);
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A folder that sees the project's packages and is removed after the tests of the file. */
export function temporaryDirectory(): string {
  mkdirSync(root, { recursive: true });
  const directory = mkdtempSync(join(root, 'test-'));
  symlinkSync(resolve('node_modules'), join(directory, 'node_modules'));
  return directory;
}
