import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const ABANDONED_AFTER_MS = 3_600_000;

/**
 * Gives the cache folder `folder`, filling it on first use. `fill` works in a folder beside it that gets the name only
 * when complete: neither a kill nor a second command at the same time leaves half a folder behind.
 */
export async function fillCache(
  folder: string,
  fill: (unfinished: string) => Promise<void>,
): Promise<string> {
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  removeAbandoned(folder);
  const unfinished = mkdtempSync(`${folder}.unfinished-`);
  try {
    await fill(unfinished);
    renameUnlessThere(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

function renameUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error; // otherwise another command was first
  }
}

/** Removes what killed commands have left; a younger folder may still be at work. */
function removeAbandoned(folder: string): void {
  const parent = dirname(folder);
  const oldest = Date.now() - ABANDONED_AFTER_MS;
  for (const name of readdirSync(parent)) {
    const path = join(parent, name);
    if (!name.startsWith(`${basename(folder)}.unfinished-`)) continue;
    if (statSync(path).mtimeMs < oldest) rmSync(path, { recursive: true, force: true });
  }
}
