import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stackPaths } from './stack-paths.ts';
import { reservePorts } from './stack-ports.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'weir-ports-'));
});

afterEach(() => rmSync(home, { recursive: true }));

const reserve = (isOurs = false) => reservePorts(stackPaths(home), () => isOurs);

test('reservePorts gives every server a port of its own, and the same ones again', async () => {
  const ports = await reserve();
  expect(new Set(Object.values(ports)).size).toBe(5);
  expect(await reserve()).toEqual(ports);
});

test('reservePorts replaces only the port that another process has taken', async () => {
  const ports = await reserve();
  const other = createServer().listen(ports.emulator, '127.0.0.1');
  await once(other, 'listening');
  const replaced = await reserve();
  expect(replaced.emulator).not.toBe(ports.emulator);
  expect({ ...replaced, emulator: 0 }).toEqual({ ...ports, emulator: 0 });
  expect((await reserve(true)).emulator).toBe(replaced.emulator);
  other.close();
});

test('reservePorts keeps a taken port when it is the stack that listens there', async () => {
  const ports = await reserve();
  const own = createServer().listen(ports.intake, '127.0.0.1');
  await once(own, 'listening');
  expect(await reserve(true)).toEqual(ports);
  own.close();
});

test('reservePorts chooses anew when a kill has cut its file short', async () => {
  await reserve();
  writeFileSync(join(stackPaths(home).run, 'ports.json'), '{"openSearch": 12');
  expect(Object.keys(await reserve())).toHaveLength(5);
});
