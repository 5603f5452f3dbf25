import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { awaitCondition, comesTrue } from './await-condition.ts';
import { LocalStackError } from './local-stack-error.ts';
import {
  identify,
  isAlive,
  type ProcessIdentity,
  RECORD_AND_EXEC,
  readIdentity,
} from './process-identity.ts';
import { readTail } from './read-tail.ts';
import { PROJECT_DIRECTORY, type StackPaths } from './stack-paths.ts';

/** Node 24, which the emulator runs functions on, and the cdk. */
const TOOLS = join(PROJECT_DIRECTORY, 'node_modules', '.bin');
const GRACE_SECONDS = 3;
/** How long a server that runs may be too busy to answer before it counts as hung. */
const BUSY_SECONDS = 10;

/** A process that outlives the command which starts it and is found again by its record in `run/`. */
export interface ManagedProcess {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** What it needs in its environment beyond what it inherits. */
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string;
}

/**
 * Starts a process in a group of its own, its output in `logs/<name>.log`, and resolves once it is recorded.
 * `exit` gives its exit code, or null where a signal ended it.
 */
export async function launchProcess(
  paths: StackPaths,
  { name, command, args, environment, directory }: ManagedProcess,
  inherited: NodeJS.ProcessEnv,
): Promise<{ readonly exit: Promise<number | null> }> {
  for (const folder of [paths.run, paths.logs, directory]) mkdirSync(folder, { recursive: true });
  const identityFile = identityFileOf(paths, name);
  rmSync(identityFile, { force: true });
  const log = openSync(logFileOf(paths, name), 'w');
  const child = spawn('/bin/sh', ['-c', RECORD_AND_EXEC, identityFile, command, ...args], {
    cwd: directory,
    env: { ...inherited, PATH: [TOOLS, inherited['PATH']].join(delimiter), ...environment },
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await awaitCondition(`Record of ${name}`, 10, () => existsSync(identityFile));
  return { exit };
}

/** A process that answers, so that one can tell whether it does. */
export interface Server extends ManagedProcess {
  /** Writes what it needs to find before it starts. */
  readonly prepare?: () => void;
  readonly isHealthy: () => Promise<boolean>;
  readonly startTimeoutSeconds: number;
}

/** Tells whether a server runs as it would be launched now, and answers. */
export async function isServing(paths: StackPaths, server: Server): Promise<boolean> {
  return runsAs(paths, server) && comesTrue(BUSY_SECONDS, server.isHealthy);
}

/** Keeps a server that serves; else starts it (anew) and awaits its health. */
export async function ensureServer(paths: StackPaths, server: Server): Promise<'kept' | 'started'> {
  if (await isServing(paths, server)) return 'kept';
  const { name, isHealthy, startTimeoutSeconds } = server;
  await stopProcess(paths, name);
  server.prepare?.();
  mkdirSync(paths.run, { recursive: true });
  writeFileSync(launchFileOf(paths, name), fingerprint(server));
  await launchProcess(paths, server, serverEnvironment());
  const log = logFileOf(paths, name);
  await awaitCondition(`Health of ${name} (see ${log})`, startTimeoutSeconds, async () => {
    if (runningIdentity(paths, name)) return isHealthy();
    throw new LocalStackError(`${name} ended while it started. The end of ${log}:\n${readTail(log)}`);
  });
  return 'started';
}

/** Gives the recorded process `name` if it runs. */
export function runningIdentity(paths: StackPaths, name: string): ProcessIdentity | undefined {
  const identity = readIdentity(identityFileOf(paths, name));
  return identity && isAlive(identity) ? identity : undefined;
}

/** Ends the recorded process `name` and its children: SIGTERM, three seconds, SIGKILL. */
export async function stopProcess(paths: StackPaths, name: string): Promise<void> {
  const identity = readIdentity(identityFileOf(paths, name));
  if (identity && ownsGroup(identity)) await stopGroup(identity);
  rmSync(identityFileOf(paths, name), { force: true });
  rmSync(launchFileOf(paths, name), { force: true });
}

/** Ends every recorded process whose name starts with `prefix` and gives the names of those that ran. */
export async function stopProcesses(paths: StackPaths, prefix = ''): Promise<readonly string[]> {
  const files = existsSync(paths.run) ? readdirSync(paths.run) : [];
  const names = files
    .filter((file) => file.startsWith(prefix) && file.endsWith('.pid'))
    .map((file) => file.slice(0, -'.pid'.length));
  const running = names.filter((name) => runningIdentity(paths, name));
  await Promise.all(names.map((name) => stopProcess(paths, name)));
  return running;
}

/** Where the output of the process `name` goes. */
export function logFileOf(paths: StackPaths, name: string): string {
  return join(paths.logs, `${name}.log`);
}

function runsAs(paths: StackPaths, process: ManagedProcess): boolean {
  const launchFile = launchFileOf(paths, process.name);
  return (
    runningIdentity(paths, process.name) !== undefined &&
    existsSync(launchFile) &&
    readFileSync(launchFile, 'utf8') === fingerprint(process)
  );
}

/** A server sees only this of the user's environment: emulated functions inherit all that the emulator has. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG } = process.env;
  return { PATH, HOME, LANG };
}

/** The system gives a pid to nobody while its group has members: a group without its leader is what the leader left. */
function ownsGroup(identity: ProcessIdentity): boolean {
  return isAlive(identity) || identify(identity.pid) === undefined;
}

async function stopGroup({ pid }: ProcessIdentity): Promise<void> {
  if (!signalGroup(pid, 'SIGTERM')) return;
  if (await comesTrue(GRACE_SECONDS, () => !signalGroup(pid, 0))) return;
  signalGroup(pid, 'SIGKILL');
  await comesTrue(GRACE_SECONDS, () => !signalGroup(pid, 0));
}

/** False where the group has no member any more. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

function fingerprint({ command, args, environment, directory }: ManagedProcess): string {
  return createHash('sha256')
    .update(JSON.stringify([command, args, environment, directory]))
    .digest('hex');
}

function identityFileOf(paths: StackPaths, name: string): string {
  return join(paths.run, `${name}.pid`);
}

function launchFileOf(paths: StackPaths, name: string): string {
  return join(paths.run, `${name}.launch`);
}
