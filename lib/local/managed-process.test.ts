import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { awaitCondition } from './await-condition.ts';
import {
  ensureServer,
  launchProcess,
  logFileOf,
  runningIdentity,
  type Server,
  stopProcess,
  stopProcesses,
} from './managed-process.ts';
import { identify } from './process-identity.ts';
import { runJob } from './run-job.ts';
import { type StackPaths, stackPaths } from './stack-paths.ts';

let home: string;
let paths: StackPaths;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'weir-process-'));
  paths = stackPaths(home);
});

afterEach(async () => {
  await stopProcesses(paths);
  rmSync(home, { recursive: true });
});

const shell = (script: string): Server => ({
  name: 'shell',
  command: 'sh',
  args: ['-c', script],
  environment: {},
  directory: home,
  isHealthy: async () => true,
  startTimeoutSeconds: 5,
});

test('ensureServer keeps the process when it is asked for the same again', async () => {
  expect(await ensureServer(paths, shell('sleep 100'))).toBe('started');
  const first = runningIdentity(paths, 'shell');
  expect(await ensureServer(paths, shell('sleep 100'))).toBe('kept');
  expect(runningIdentity(paths, 'shell')).toEqual(first);
});

test('ensureServer replaces the process when it is asked for another', async () => {
  await ensureServer(paths, shell('sleep 100'));
  const first = runningIdentity(paths, 'shell');
  expect(await ensureServer(paths, shell('sleep 101'))).toBe('started');
  expect(runningIdentity(paths, 'shell')).not.toEqual(first);
  expect(identify(first!.pid)).toBeUndefined();
});

test('ensureServer shows the end of the log when the process ends instead of answering', async () => {
  const server = { ...shell('echo no room; exit 1'), isHealthy: async () => false };
  await expect(ensureServer(paths, server)).rejects.toThrow(/shell ended while it started[\s\S]*no room/);
});

test('stopProcess ends a child that outlives its parent and ignores SIGTERM', async () => {
  const childFile = join(home, 'child');
  const child = `sh -c 'trap "" TERM; echo $$ > ${childFile}; while :; do sleep 0.1; done'`;
  await launchProcess(paths, shell(`${child} & sleep 0.5`), process.env);
  const parent = runningIdentity(paths, 'shell');
  await awaitCondition('End of the parent', 5, () => identify(parent!.pid) === undefined);
  const childPid = Number(readFileSync(childFile, 'utf8'));
  expect(identify(childPid)).toBeDefined();
  await stopProcess(paths, 'shell');
  expect(identify(childPid)).toBeUndefined();
}, 15_000);

test('runJob resolves when the job succeeds and leaves no record', async () => {
  await runJob(paths, shell('exit 0'), 5);
  expect(await stopProcesses(paths)).toEqual([]);
});

test('runJob shows the end of the log when the job fails', async () => {
  await expect(runJob(paths, shell('echo bad luck; exit 3'), 5)).rejects.toThrow(
    /shell failed[\s\S]*bad luck/,
  );
});

test('runJob ends the job when it takes too long', async () => {
  await expect(runJob(paths, shell('echo $$; exec sleep 100'), 0.3)).rejects.toThrow(
    /did not end within 0.3 s/,
  );
  const pid = Number(readFileSync(logFileOf(paths, 'job.shell'), 'utf8'));
  expect(identify(pid)).toBeUndefined();
});
