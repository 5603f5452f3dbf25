import { existsSync, readFileSync } from 'node:fs';

const TAIL_LINES = 25;

/** Gives the last lines of a log file, indented; nothing where there is no file. */
export function readTail(file: string): string {
  if (!existsSync(file)) return '';
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES);
  return lines.map((line) => `    ${line}`).join('\n');
}
