import { setTimeout as delay } from 'node:timers/promises';
import { LocalStackError } from './local-stack-error.ts';
import {
  launchProcess,
  logFileOf,
  type ManagedProcess,
  stopProcess,
  stopProcesses,
} from './managed-process.ts';
import { readTail } from './read-tail.ts';
import type { StackPaths } from './stack-paths.ts';

const PREFIX = 'job.';

/** Stops the jobs that an interrupted or killed command has left. */
export async function stopJobs(paths: StackPaths): Promise<void> {
  await stopProcesses(paths, PREFIX);
}

/**
 * Runs a process to its end. Throws LocalStackError with the end of its log where it fails or takes longer than
 * `timeoutSeconds`. It is recorded like a server, so that what a killed command left behind is found and stopped.
 */
export async function runJob(
  paths: StackPaths,
  { name, ...program }: ManagedProcess,
  timeoutSeconds: number,
  inherited: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const job = { ...program, name: `${PREFIX}${name}` };
  await stopProcess(paths, job.name);
  const { exit } = await launchProcess(paths, job, inherited);
  const timer = new AbortController();
  const code = await Promise.race([
    exit,
    delay(timeoutSeconds * 1000, 'late' as const, { signal: timer.signal }),
  ]);
  timer.abort();
  await stopProcess(paths, job.name);
  if (code === 0) return;
  const log = logFileOf(paths, job.name);
  const failure = code === 'late' ? `did not end within ${timeoutSeconds} s` : 'failed';
  throw new LocalStackError(`${name} ${failure}. The end of ${log}:\n${readTail(log)}`);
}
