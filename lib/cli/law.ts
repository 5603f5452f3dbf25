import { type Command, Option } from 'commander';
import * as z from 'zod';
import { LawRequest, type LawSummary, reportLaw } from '../../functions/api/report-law.ts';
import { connectDynamo } from '../adapters/dynamodb/document-client.ts';
import { createDynamoLedger } from '../adapters/dynamodb/ledger.ts';
import type { Ledger } from '../ports/ledger.ts';
import { openConnection } from './connection.ts';
import { alignRows, type OutputFormat, outputFormat, outputOption, print } from './output.ts';
import { CommandError, EXIT, type Terminal } from './terminal.ts';

const PAUSE_MS = 1_000;

interface LawOptions {
  readonly from?: string;
  readonly to?: string;
  /** Seconds; undefined: do not wait, and do not mind open batches. */
  readonly wait?: number;
}

/** Adds `weir law`. */
export function registerLaw(program: Command, terminal: Terminal): void {
  program
    .command('law')
    .description('Add up what was accepted and where it went; 1 where a batch does not add up')
    .option('--from <time>', 'ISO 8601, or now-15m, now-2h, now-7d (default: 24 hours before --to)')
    .option('--to <time>', 'ISO 8601 or now (default: now)')
    .addOption(
      new Option('--wait <seconds>', 'wait for open batches; 1 where some are left').argParser(readSeconds),
    )
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ weir law --from now-1h --wait 60')
    .action(async (options: LawOptions, command: Command) => {
      const connection = openConnection(terminal.environment);
      const ledger = createDynamoLedger(connectDynamo(), connection.need('ledgerTable'));
      await law(terminal, ledger, options, outputFormat(command));
    });
}

/** Prints the sums and every batch that is open or does not add up. */
export async function law(
  terminal: Terminal,
  ledger: Pick<Ledger, 'report'>,
  { from, to, wait }: LawOptions,
  format: OutputFormat,
): Promise<void> {
  const request = LawRequest.safeParse({ from, to });
  if (!request.success) throw new CommandError(EXIT.usage, z.prettifyError(request.error));
  const deadline = terminal.now() + (wait ?? 0) * 1000;
  const summary = await summarise(terminal, ledger, request.data, deadline);
  print(terminal, format, summary, lawLines);
  const isOpen = wait !== undefined && summary.open_batches > 0;
  terminal.exit(summary.balanced && !isOpen ? EXIT.ok : EXIT.findings);
}

async function summarise(
  terminal: Terminal,
  ledger: Pick<Ledger, 'report'>,
  request: LawRequest,
  deadline: number,
): Promise<LawSummary> {
  for (;;) {
    const outcome = await reportLaw(ledger, request, terminal.now());
    if (outcome.kind === 'refused') throw new CommandError(EXIT.usage, outcome.detail);
    const { summary } = outcome;
    if (summary.open_batches === 0 || terminal.now() + PAUSE_MS > deadline) return summary;
    await terminal.sleep(PAUSE_MS);
  }
}

function lawLines(summary: LawSummary): string[] {
  const { from, to, balanced, batches, sums, open, unbalanced } = summary;
  const verdict = !balanced ? 'DOES NOT ADD UP' : summary.open_batches > 0 ? 'not settled yet' : 'adds up';
  const rows = [...unbalanced, ...open].map((batch) => [
    String(batch['batch']),
    batch['state'] === 'settled' ? 'UNBALANCED' : 'open',
    String(batch['received_at']),
    String(batch['source']),
    `accepted ${batch['accepted']}`,
    `missing ${batch['missing']}`,
    `attempts ${batch['attempts']}`,
  ]);
  return [
    `${batches} batches received from ${from} to ${to}: ${verdict}`,
    ...alignRows(Object.entries(sums).map(([name, count]) => [`  ${name}`, String(count)])),
    `  open batches ${summary.open_batches}, unbalanced batches ${summary.unbalanced_batches}`,
    ...alignRows(rows),
  ];
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= 0) return seconds;
  throw new CommandError(EXIT.usage, `--wait takes whole seconds, got "${text}".`);
}
