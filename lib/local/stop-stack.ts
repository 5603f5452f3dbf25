import { existsSync, rmSync } from 'node:fs';
import { stopProcesses } from './managed-process.ts';
import { stackPaths } from './stack-paths.ts';
import { stopContainers } from './start-containers.ts';
import { withLock } from './with-lock.ts';

/**
 * Stops every process and container of the stack in `home` and removes its data; downloads and logs stay. Gives the
 * names of what ran.
 */
export async function stopStack({ home }: { readonly home: string }): Promise<readonly string[]> {
  const paths = stackPaths(home);
  if (!existsSync(paths.run)) return [];
  return withLock(paths, async () => {
    const stopped = [...(await stopProcesses(paths)), ...(await stopContainers(paths))];
    for (const path of [paths.state, paths.capabilities, paths.data, paths.cdkOut, paths.run]) {
      rmSync(path, { recursive: true, force: true });
    }
    return stopped;
  });
}
