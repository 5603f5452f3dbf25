import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a command ended, as the shell sees it. */
export const EXIT = { ok: 0, findings: 1, usage: 2, unreachable: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** All that a command has of the world beside Weir itself; a test gives it another one. */
export interface Terminal {
  /** Writes one line of what was asked for. */
  readonly out: (line: string) => void;
  /** Writes one line that is not part of the answer. */
  readonly note: (line: string) => void;
  readonly exit: (code: ExitCode) => void;
  /** Reads a file, or standard input where it is `-`. */
  readonly read: (file: string) => Promise<Buffer>;
  readonly environment: NodeJS.ProcessEnv;
  /** Epoch ms. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** A command that cannot do what it was asked, and what the user can do about it. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The terminal of this process. */
export const processTerminal: Terminal = {
  out: (line) => {
    process.stdout.write(`${line}\n`);
  },
  note: (line) => {
    process.stderr.write(`${line}\n`);
  },
  exit: (code) => {
    process.exitCode = code;
  },
  read: (file) => (file === '-' ? buffer(process.stdin) : readFile(file)),
  environment: process.env,
  now: Date.now,
  sleep: async (ms) => sleep(ms),
};
