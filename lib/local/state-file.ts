import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import type { StackPaths } from './stack-paths.ts';

/** The keys that `up` makes once for a stack. */
export const Credentials = z.object({
  ingestKey: z.string(),
  adminEmail: z.string(),
  adminPassword: z.string(),
});
export type Credentials = z.output<typeof Credentials>;

/** A local stack that runs: where it answers and what it is made of. Written to `local.json`. */
export const LocalStack = Credentials.extend({
  stage: z.string(),
  intakeUrl: z.url(),
  apiUrl: z.url(),
  openSearchUrl: z.url(),
  awsEndpointUrl: z.url(),
  region: z.string(),
  queueUrl: z.url(),
  bucket: z.string(),
  tables: z.object({ ledger: z.string(), control: z.string(), alerts: z.string() }),
  /** Deployed names by the names of the folders in functions/. */
  functions: z.record(z.string(), z.string()),
  webhookSecret: z.string(),
  webhookReceiverUrl: z.url(),
  outputs: z.record(z.string(), z.string()),
});
export type LocalStack = z.output<typeof LocalStack>;

/** Reads the state of a stack, or undefined where none is complete. */
export function readLocalStack(paths: StackPaths): LocalStack | undefined {
  if (!existsSync(paths.state)) return undefined;
  return LocalStack.safeParse(JSON.parse(readFileSync(paths.state, 'utf8'))).data;
}

/** Replaces the state in one move; only the user may read it, for it holds keys. */
export function writeLocalStack(paths: StackPaths, stack: LocalStack): void {
  const unfinished = `${paths.state}.new`;
  writeFileSync(unfinished, `${JSON.stringify(stack, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, paths.state);
}
