import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import * as z from 'zod';
import type { StackPaths } from './stack-paths.ts';

const StackPorts = z.object({
  openSearch: z.int(),
  emulator: z.int(),
  intake: z.int(),
  api: z.int(),
  webhookReceiver: z.int(),
});

/** The ports of 127.0.0.1 that a stack listens on. */
export type StackPorts = z.output<typeof StackPorts>;

const ANY_PORT = 0;

/** Gives the ports of a stack: the same as long as it exists, but for those that `isOurs` denies and others took. */
export async function reservePorts(
  paths: StackPaths,
  isOurs: (name: keyof StackPorts) => boolean,
): Promise<StackPorts> {
  const earlier = readPorts(paths);
  const ports: Record<string, number> = {};
  for (const name of StackPorts.keyof().options) {
    const port = earlier?.[name];
    const keeps = port !== undefined && (isOurs(name) || (await listenOnce(port)) === port);
    ports[name] = keeps ? port : await findFreePort(Object.values({ ...earlier, ...ports }));
  }
  mkdirSync(paths.run, { recursive: true });
  writeFileSync(fileOf(paths), `${JSON.stringify(ports)}\n`);
  return StackPorts.parse(ports);
}

async function findFreePort(taken: readonly number[]): Promise<number> {
  const port = await listenOnce(ANY_PORT);
  return port === undefined || taken.includes(port) ? findFreePort(taken) : port;
}

/** Listens on a port for a moment and gives it, or undefined where another process has it. */
async function listenOnce(port: number): Promise<number | undefined> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return undefined;
  }
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : undefined;
}

function readPorts(paths: StackPaths): StackPorts | undefined {
  if (!existsSync(fileOf(paths))) return undefined;
  return StackPorts.safeParse(readJson(fileOf(paths))).data;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // cut short by a kill: chosen anew
  }
}

function fileOf(paths: StackPaths): string {
  return join(paths.run, 'ports.json');
}
