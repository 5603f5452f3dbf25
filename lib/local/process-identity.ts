import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One process for good: a pid is given again after its process has ended, a start time is not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** As the system tells it: clock ticks since boot on Linux, a date elsewhere. */
  readonly startedAt: string;
}

/**
 * Shell text that writes the identity of the shell to the file `$0`, then becomes the command `"$@"`: no kill of the
 * caller can leave a process that nobody has recorded.
 */
export const RECORD_AND_EXEC = [
  'started=$(cut -d" " -f22 "/proc/$$/stat" 2>/dev/null || LC_ALL=C ps -o lstart= -p "$$")',
  'echo $$ $started > "$0.new"',
  'mv "$0.new" "$0"',
  'exec "$@"',
].join(' && ');

/** Reads what RECORD_AND_EXEC wrote, or undefined where it is not an identity. */
export function parseIdentity(text: string): ProcessIdentity | undefined {
  const match = /^(\d+) (\S.*)$/.exec(text.trim());
  if (!match?.[1] || !match[2]) return undefined;
  return { pid: Number(match[1]), startedAt: match[2].trim() };
}

/** Reads the identity in a file, or undefined where there is none. */
export function readIdentity(file: string): ProcessIdentity | undefined {
  try {
    return parseIdentity(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Tells who has a pid now, or undefined where no process has it; a zombie has ended. */
export function identify(pid: number): ProcessIdentity | undefined {
  try {
    const startedAt = process.platform === 'linux' ? startTicks(pid) : startDate(pid);
    return startedAt === undefined ? undefined : { pid, startedAt };
  } catch {
    return undefined;
  }
}

/** Tells whether the very process of `identity` still runs. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt;
}

function startTicks(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name in brackets and may hold blanks and brackets itself.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' ? undefined : rest[18];
}

function startDate(pid: number): string | undefined {
  const environment = { ...process.env, LC_ALL: 'C' };
  const output = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [state, ...date] = output.trim().split(/\s+/);
  return state?.startsWith('Z') ? undefined : date.join(' ');
}
