import { pathToFileURL } from 'node:url';
import { type Command, Option } from 'commander';
import { DialectName } from '../core/batch/envelope.ts';
import { splitRecords } from '../core/decode/split-records.ts';
import { eventId } from '../core/event/event-id.ts';
import { setField } from '../core/event/log-event.ts';
import type { Chain, Routed } from '../core/pipeline/chain.ts';
import { PipelineError } from '../core/pipeline/check-pipeline.ts';
import type { CompiledPipelines } from '../core/pipeline/compile-pipelines.ts';
import { closestName } from '../core/text/closest-name.ts';
import { openPipelines, PIPELINES } from './open-pipelines.ts';
import { CommandError, EXIT, type Terminal } from './terminal.ts';

/** How to read the lines and what to print. */
export interface SimulateOptions {
  /** Instead of the one that source and dialect select. */
  readonly pipeline?: string;
  readonly source: string;
  readonly dialect: DialectName;
  readonly output: 'json' | 'pretty';
}

const EXAMPLES = `
Examples:
  $ weir simulate < app.log
  $ weir simulate --source orders-api --output pretty < orders.ndjson
  $ weir simulate --pipeline parcel-tracking < django.log`;

/** Adds `weir simulate`. */
export function registerSimulate(program: Command, terminal: Terminal): void {
  program
    .command('simulate')
    .description('Print the events that Weir would make of the lines on standard input; needs no deployment')
    .option('--pipeline <name>', 'pipeline to use, whatever source and dialect select')
    .option('--source <name>', 'source that the lines are said to come from', 'simulate')
    .addOption(
      new Option('--dialect <name>', 'how the records are told apart')
        .choices(DialectName.options)
        .default('text'),
    )
    .addOption(
      new Option('--output <format>', 'one event a line, or indented with its index')
        .choices(['json', 'pretty'])
        .default('json'),
    )
    .option('--pipelines <directory>', 'directory of the pipelines (default: those of the checkout)')
    .addHelpText('after', EXAMPLES)
    .action(async (options: SimulateOptions & { readonly pipelines?: string }) => {
      const directory = options.pipelines === undefined ? PIPELINES : pathToFileURL(`${options.pipelines}/`);
      const chain = chooseChain(openPipelinesOrFail(directory, terminal), options);
      const body = await terminal.read('-');
      for (const line of simulate(chain, options, body, terminal.now())) terminal.out(line);
    });
}

function openPipelinesOrFail(directory: URL, terminal: Terminal): CompiledPipelines {
  try {
    return openPipelines(directory, terminal.note);
  } catch (error) {
    if (error instanceof PipelineError) throw new CommandError(EXIT.usage, error.message);
    throw error;
  }
}

function chooseChain(pipelines: CompiledPipelines, options: SimulateOptions): Chain {
  const { pipeline: name } = options;
  if (name === undefined) return pipelines.select(options);
  const chain = pipelines.named(name);
  if (chain !== undefined) return chain;
  const closest = closestName(name, pipelines.names);
  const suggestion = closest === undefined ? '' : ` Did you mean ${closest}?`;
  const message = `There is no pipeline ${name}.${suggestion} Pipelines: ${pipelines.names.join(', ')}.`;
  throw new CommandError(EXIT.usage, message);
}

/** Runs the records of a body through a chain and yields the events as text. */
function* simulate(
  chain: Chain,
  options: SimulateOptions,
  body: Buffer,
  nowMs: number,
): Generator<string, void, undefined> {
  const context = { receivedAtMs: nowMs, source: options.source };
  let position = 0;
  for (const record of splitRecords(options.dialect, body)) {
    const routed = chain.run(record, context);
    if (routed.kind === 'event') yield eventText(routed, options.output, record.id ?? position);
    position += 1;
  }
}

function eventText(
  { event, index, timeMs }: Extract<Routed, { kind: 'event' }>,
  output: SimulateOptions['output'],
  position: number | string,
): string {
  setField(event, ['event', 'id'], eventId(timeMs, 'simulate', position));
  if (output === 'json') return JSON.stringify(event);
  return `# ${index}\n${JSON.stringify(event, undefined, 2)}`;
}
