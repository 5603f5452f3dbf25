import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The checkout. */
export const PROJECT_DIRECTORY = resolve(import.meta.dirname, '../..');

/** Where a local stack keeps its files unless it is told otherwise. */
export const DEFAULT_HOME = join(PROJECT_DIRECTORY, '.weir');

/** The files of one local stack; everything but downloads lives below its home. */
export interface StackPaths {
  readonly home: string;
  /** The contract with users and tests: addresses, names and keys. */
  readonly state: string;
  readonly capabilities: string;
  /** What the stack remembers about itself: processes, ports, the last deployment. */
  readonly run: string;
  readonly logs: string;
  readonly data: string;
  readonly cdkOut: string;
}

/** Names the files of the stack whose home is `home`, a path relative to the checkout or absolute. */
export function stackPaths(home: string): StackPaths {
  const root = resolve(PROJECT_DIRECTORY, home);
  return {
    home: root,
    state: join(root, 'local.json'),
    capabilities: join(root, 'capabilities.json'),
    run: join(root, 'run'),
    logs: join(root, 'logs'),
    data: join(root, 'data'),
    cdkOut: join(root, 'cdk.out'),
  };
}

/** The folder for downloads that all stacks of this user share. */
export function cacheDirectory(environment: NodeJS.ProcessEnv): string {
  const base = environment['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return resolve(base, 'weir');
}
