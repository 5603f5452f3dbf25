import type { ExitCode, Terminal } from '../../lib/cli/terminal.ts';

/** A terminal that keeps what was written, reads `input`, and whose clock moves only when a command sleeps. */
export function createTestTerminal({
  environment = {},
  input = '',
  nowMs = Date.UTC(2026, 10, 21, 13),
}: {
  readonly environment?: NodeJS.ProcessEnv;
  readonly input?: string;
  readonly nowMs?: number;
} = {}) {
  const lines: string[] = [];
  const notes: string[] = [];
  const codes: ExitCode[] = [];
  let timeMs = nowMs;
  const terminal: Terminal = {
    out: (line) => lines.push(line),
    note: (line) => notes.push(line),
    exit: (code) => codes.push(code),
    read: async () => Buffer.from(input),
    environment,
    now: () => timeMs,
    sleep: async (ms) => {
      timeMs += ms;
    },
  };
  return { terminal, lines, notes, codes, json: () => JSON.parse(lines.join('\n')) };
}
