import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join, resolve } from 'node:path';

/** The root of this checkout. */
export const ROOT = resolve(import.meta.dirname, '../../..');

const LONGEST_OUTPUT = 40_000;

export interface CommandOptions {
  /** The folder to run in; the checkout by default. */
  readonly root?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
  /** Ends the command. */
  readonly signal?: AbortSignal;
}

export interface CommandOutcome {
  /** Undefined where the command could not start or was ended by a signal. */
  readonly exitCode: number | undefined;
  /** Standard output and standard error as they came, the last 40,000 characters. */
  readonly output: string;
}

/** Runs a tool of the toolchain without a shell. Never throws: a command that cannot start is an outcome too. */
export async function runCommand(
  [command = '', ...args]: readonly string[],
  options: CommandOptions = {},
): Promise<CommandOutcome> {
  const { root = ROOT, environment = {}, timeoutSeconds = 600, signal } = options;
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: '1', ...environment, PATH: toolPath() },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutSeconds * 1000,
    ...(signal && { signal }),
  });
  let output = '';
  const keep = (chunk: string): void => {
    output = (output + chunk).slice(-LONGEST_OUTPUT);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  try {
    const [exitCode, endedBy] = await once(child, 'close');
    if (endedBy !== null) keep(`\n${command} was ended by ${endedBy} (limit: ${timeoutSeconds} s)\n`);
    return { exitCode: exitCode ?? undefined, output };
  } catch (error) {
    return { exitCode: undefined, output: `${output}\n${command}: ${(error as Error).message}\n` };
  }
}

function toolPath(): string {
  return [join(ROOT, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
}
