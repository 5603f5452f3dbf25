import { findProgram } from './find-program.ts';
import { LocalStackError } from './local-stack-error.ts';
import { runQuietly } from './run-quietly.ts';

const OLDEST_MINOR = 10;
const NAMES = ['python3', 'python', ...[14, 13, 12, 11, 10].map((minor) => `python3.${minor}`)];
const REPORT_VERSION = 'import ensurepip, sys, venv; print("%d.%d" % sys.version_info[:2])';

/** A Python 3 that can make virtual environments. */
export interface Python {
  readonly command: string;
  /** Major and minor, as in `3.11`. */
  readonly version: string;
}

/** Finds a Python of at least 3.10 on the PATH. Throws LocalStackError saying how to get it where there is none. */
export async function findPython(environment: NodeJS.ProcessEnv): Promise<Python> {
  for (const name of NAMES) {
    const command = findProgram(name, environment['PATH']);
    const version = command && (await runQuietly(command, ['-c', REPORT_VERSION]))?.trim();
    if (command && version && isNewEnough(version)) return { command, version };
  }
  throw new LocalStackError(
    [
      `Python 3.${OLDEST_MINOR} or newer with its venv module is missing: the AWS emulator runs on it.`,
      'To get it:  Debian/Ubuntu: sudo apt install python3 python3-venv',
      '            Fedora:        sudo dnf install python3',
      '            macOS:         brew install python3',
      '            other:         https://www.python.org/downloads',
    ].join('\n'),
  );
}

/** Tells whether a version such as `3.11` is one that the emulator runs on. */
export function isNewEnough(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major === 3 && (minor ?? 0) >= OLDEST_MINOR;
}
