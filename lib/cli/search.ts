import type { Command } from 'commander';
import * as z from 'zod';
import { searchLogs } from '../../functions/api/search-logs.ts';
import { loadPipelines } from '../adapters/files/load-pipelines.ts';
import { connectOpenSearch } from '../adapters/opensearch/client.ts';
import { createOpenSearchEvents } from '../adapters/opensearch/search-events.ts';
import type { ArchivedEvent } from '../core/archive/archive-file.ts';
import { getField, type LogEvent } from '../core/event/log-event.ts';
import { datedPatterns } from '../core/pipeline/dated-patterns.ts';
import { SearchRequest } from '../core/query/search-query.ts';
import type { EventSearch } from '../ports/event-search.ts';
import { openConnection } from './connection.ts';
import { PIPELINES } from './open-pipelines.ts';
import { type OutputFormat, outputFormat, outputOption, print } from './output.ts';
import { CommandError, EXIT, type Terminal } from './terminal.ts';

/** Adds `weir search`. */
export function registerSearch(program: Command, terminal: Terminal): void {
  program
    .command('search')
    .description('Find events, newest first')
    .argument('[query]', 'words, "phrases", -not, a | b, prefix*', '')
    .option('--from <time>', 'ISO 8601, or now-15m, now-2h, now-7d (default: 15 minutes before --to)')
    .option('--to <time>', 'ISO 8601 or now (default: now)')
    .option('--level <level>', 'log level, in upper or lower case')
    .option('--service <name>', 'service name')
    .option('--size <events>', 'events at most, up to 1000 (default: 100)')
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ weir search \'"connection refused"\' --level error --from now-1h')
    .action(async (q: string, options: Record<string, string>, command: Command) => {
      const { output: _output, ...request } = options;
      const connection = openConnection(terminal.environment);
      const connect = connectOpenSearch(connection.need('openSearchUrl'), connection.region);
      await search(
        terminal,
        createOpenSearchEvents(connect, datedPatterns(loadPipelines(PIPELINES))),
        { q, ...request },
        outputFormat(command),
      );
    });
}

/** Prints what was found: one line an event, or the API's answer as JSON. */
export async function search(
  terminal: Terminal,
  events: EventSearch,
  options: z.input<typeof SearchRequest>,
  format: OutputFormat,
): Promise<void> {
  const request = SearchRequest.safeParse(options);
  if (!request.success) throw new CommandError(EXIT.usage, z.prettifyError(request.error));
  const outcome = await searchLogs(events, request.data, terminal.now());
  if (outcome.kind === 'refused') {
    throw new CommandError(outcome.status === 503 ? EXIT.unreachable : EXIT.usage, outcome.detail);
  }
  const { answer } = outcome;
  const { items, total, complete, from, to } = answer;
  print(terminal, format, answer, () => items.map(eventLine));
  const atLeast = total.relation === 'gte' ? 'at least ' : '';
  terminal.note(`${items.length} of ${atLeast}${total.value} events from ${from} to ${to}`);
  if (!complete) terminal.note('Some of the index did not answer in time: there may be more.');
}

function eventLine({ _source }: ArchivedEvent): string {
  const event = _source as LogEvent;
  const text = (...path: string[]): string => String(getField(event, path) ?? '-');
  return [
    text('@timestamp'),
    text('log', 'level').toUpperCase(),
    text('service', 'name'),
    text('message'),
  ].join(' ');
}
