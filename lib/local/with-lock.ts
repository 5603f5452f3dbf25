import { existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalStackError } from './local-stack-error.ts';
import { identify, isAlive, readIdentity } from './process-identity.ts';
import type { StackPaths } from './stack-paths.ts';

/** Runs `work` while no other process may work on the same stack. Throws LocalStackError where another one does. */
export async function withLock<T>(paths: StackPaths, work: () => Promise<T>): Promise<T> {
  mkdirSync(paths.run, { recursive: true });
  const lock = join(paths.run, 'lock');
  takeLock(lock);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock(lock: string): void {
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, `${process.pid} ${identify(process.pid)?.startedAt}\n`);
  try {
    removeStale(lock);
    linkSync(mine, lock); // fails where the name is taken, unlike a rename
  } catch (error) {
    if (!existsSync(lock)) throw error;
    const owner = readIdentity(lock)?.pid;
    throw new LocalStackError(
      `Process ${owner} is working on this stack right now. Wait until it has finished, or end it with: kill ${owner}`,
    );
  } finally {
    rmSync(mine, { force: true });
  }
}

function removeStale(lock: string): void {
  const owner = readIdentity(lock);
  if (owner && !isAlive(owner)) rmSync(lock, { force: true });
}
