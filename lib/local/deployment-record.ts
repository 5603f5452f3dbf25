import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { StackPaths } from './stack-paths.ts';

const DeploymentRecord = z.object({
  /** Hash of what was deployed. */
  hash: z.string(),
  /** The very emulator that holds it; another one is empty. */
  emulator: z.string(),
  outputs: z.record(z.string(), z.string()),
});

/** What was last deployed, and where to. */
export type DeploymentRecord = z.output<typeof DeploymentRecord>;

/** Reads the last finished deployment of a stack, or undefined where there is none. */
export function readDeployment(paths: StackPaths): DeploymentRecord | undefined {
  if (!existsSync(fileOf(paths))) return undefined;
  return DeploymentRecord.parse(JSON.parse(readFileSync(fileOf(paths), 'utf8')));
}

/** Notes a finished deployment. */
export function writeDeployment(paths: StackPaths, deployment: DeploymentRecord): void {
  writeFileSync(`${fileOf(paths)}.new`, `${JSON.stringify(deployment, null, 2)}\n`);
  renameSync(`${fileOf(paths)}.new`, fileOf(paths));
}

/** Removes the note: the next `up` deploys. */
export function forgetDeployment(paths: StackPaths): void {
  rmSync(fileOf(paths), { force: true });
}

function fileOf(paths: StackPaths): string {
  return join(paths.run, 'deployment.json');
}
