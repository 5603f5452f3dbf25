import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs a program and gives all it printed, or undefined where it cannot be run or fails. */
export async function runQuietly(command: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await execute(command, [...args], { timeout: 20_000 });
    return stdout + stderr;
  } catch {
    return undefined;
  }
}
