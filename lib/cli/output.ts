import { type Command, Option } from 'commander';
import type { Terminal } from './terminal.ts';

/** How results are printed: for people, or as one JSON document. */
export type OutputFormat = 'text' | 'json';

/** The option that every command has. */
export function outputOption(): Option {
  return new Option('--output <format>', 'what to print').choices(['text', 'json']).default('text');
}

/** The format that the user chose for a command. */
export function outputFormat(command: Command): OutputFormat {
  return command.opts<{ output: OutputFormat }>().output;
}

/** Prints `value` as JSON, or as the lines that `text` makes of it. */
export function print<Value>(
  terminal: Terminal,
  format: OutputFormat,
  value: Value,
  text: (value: Value) => readonly string[],
): void {
  if (format === 'json') terminal.out(JSON.stringify(value, null, 2));
  else for (const line of text(value)) terminal.out(line);
}

/** Rows as lines whose columns are aligned. */
export function alignRows(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    }
  }
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
