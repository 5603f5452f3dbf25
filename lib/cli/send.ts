import { gzipSync } from 'node:zlib';
import { type Command, Option } from 'commander';
import * as z from 'zod';
import { sendBareMessage } from '../adapters/sqs/send-bare-message.ts';
import { batchId } from '../core/batch/batch-key.ts';
import { SourceName } from '../core/batch/source-name.ts';
import { openConnection } from './connection.ts';
import { type OutputFormat, outputFormat, outputOption, print } from './output.ts';
import { CommandError, EXIT, type Terminal } from './terminal.ts';

const TIMEOUT_MS = 60_000;
const MESSAGE_BYTES = 1024 * 1024;

const Receipt = z.object({ batch: z.string(), accepted: z.number() });
const Problem = z.object({ title: z.string(), detail: z.string() });

/** How to post a body. */
export interface SendOptions {
  readonly source: string;
  readonly contentType?: string;
  readonly gzip?: boolean;
  readonly idempotencyKey?: string;
}

/** Adds `weir send`. */
export function registerSend(program: Command, terminal: Terminal): void {
  program
    .command('send')
    .description('Send logs: NDJSON, JSON or lines of text')
    .argument('[file]', 'file to send, - for standard input', '-')
    .option('--source <name>', 'source; selects the pipeline', 'cli')
    .option(
      '--content-type <type>',
      'application/x-ndjson, application/json or text/plain (default: recognised)',
    )
    .option('--gzip', 'compress the body')
    .option('--idempotency-key <key>', 'name of this batch: sent twice, it is indexed once')
    .addOption(new Option('--via <way>', 'way to send it').choices(['https', 'sqs']).default('https'))
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ echo \'{"message":"hello"}\' | weir send --source demo')
    .action(async (file: string, options: SendOptions & { via: 'https' | 'sqs' }, command: Command) => {
      if (!SourceName.safeParse(options.source).success) {
        const message = '--source takes 1 to 128 of the characters A-Z a-z 0-9 . _ and -.';
        throw new CommandError(EXIT.usage, message);
      }
      const body = await terminal.read(file);
      if (options.via === 'sqs') await sendToQueue(terminal, body, options, outputFormat(command));
      else await sendToIntake(terminal, body, options, outputFormat(command));
    });
}

/** Posts the body to the intake and prints the batch and how many records were accepted. */
export async function sendToIntake(
  terminal: Terminal,
  body: Buffer,
  options: SendOptions,
  format: OutputFormat,
): Promise<void> {
  const { need } = openConnection(terminal.environment);
  const response = await fetch(new URL(`/ingest/${options.source}`, need('intakeUrl')), {
    method: 'POST',
    headers: headersOf(options, need('ingestKey')),
    body: new Uint8Array(options.gzip === true ? gzipSync(body) : body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const { title = 'refused', detail = '' } = Problem.safeParse(answer).data ?? {};
    const code = response.status >= 500 || response.status === 429 ? EXIT.unreachable : EXIT.usage;
    throw new CommandError(code, `${response.status} ${title}. ${detail}`);
  }
  print(terminal, format, Receipt.parse(answer), ({ batch, accepted }) => [
    `batch ${batch}: ${accepted} records accepted`,
  ]);
}

function headersOf({ contentType, gzip, idempotencyKey }: SendOptions, key: string): Record<string, string> {
  return {
    authorization: `Bearer ${key}`,
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
    ...(gzip === true ? { 'content-encoding': 'gzip' } : {}),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
  };
}

async function sendToQueue(
  terminal: Terminal,
  body: Buffer,
  options: SendOptions,
  format: OutputFormat,
): Promise<void> {
  if (options.gzip === true || options.idempotencyKey !== undefined || options.contentType !== undefined) {
    const message =
      'A message on the queue is plain text: leave --gzip, --content-type and --idempotency-key out.';
    throw new CommandError(EXIT.usage, message);
  }
  if (body.length > MESSAGE_BYTES) {
    const message = `A message holds ${MESSAGE_BYTES} bytes, this is ${body.length}. Send it with --via https.`;
    throw new CommandError(EXIT.usage, message);
  }
  const queueUrl = openConnection(terminal.environment).need('queueUrl');
  const messageId = await sendBareMessage(queueUrl, body.toString('utf8'), options.source);
  const batch = batchId({ kind: 'aws', service: 'sqs', key: messageId });
  print(terminal, format, { batch, bytes: body.length }, () => [
    `batch ${batch}: ${body.length} bytes on the queue`,
  ]);
}
