import type { Command } from 'commander';
import { createS3ObjectStore } from '../adapters/s3/object-store.ts';
import { archiveLines } from '../core/archive/archive-file.ts';
import type { ObjectStore, ObjectSummary } from '../ports/object-store.ts';
import { openConnection } from './connection.ts';
import { type OutputFormat, outputFormat, outputOption, print } from './output.ts';
import { CommandError, EXIT, type Terminal } from './terminal.ts';

const ROOT = 'archive/';

/** Adds `weir archive ls|cat`. */
export function registerArchive(program: Command, terminal: Terminal): void {
  const archive = program.command('archive').description('The archive in S3');
  const store = (): ObjectStore => createS3ObjectStore(openConnection(terminal.environment).need('bucket'));
  archive
    .command('ls')
    .description('List archive objects and their sizes in bytes')
    .argument('[prefix]', 'below archive/, such as index=logs-app-default/dt=2026-11-21/', '')
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ weir archive ls index=orders-2026.11.21/')
    .action((prefix: string, _options: unknown, command: Command) =>
      listArchive(terminal, store(), prefix, outputFormat(command)),
    );
  archive
    .command('cat')
    .description('Print archived events as NDJSON: {"_index","_id","_source"}')
    .argument('[prefix]', 'below archive/, such as index=logs-app-default/dt=2026-11-21/', '')
    .addOption(outputOption())
    .addHelpText(
      'after',
      '\nExample:\n  $ weir archive cat index=logs-app-default/dt=2026-11-21/ | jq ._source.message',
    )
    .action((prefix: string) => printArchive(terminal, store(), prefix));
}

/** Prints the names and sizes of the objects under a prefix. */
export async function listArchive(
  terminal: Terminal,
  store: Pick<ObjectStore, 'list'>,
  prefix: string,
  format: OutputFormat,
): Promise<void> {
  const objects: ObjectSummary[] = [];
  for await (const object of store.list(fullPrefix(prefix))) objects.push(object);
  print(terminal, format, objects, () => objects.map(({ key, bytes }) => `${bytes}\t${key}`));
}

/** Prints every event under a prefix, in the order of the objects. The same in both formats: it is JSON already. */
export async function printArchive(
  terminal: Terminal,
  store: Pick<ObjectStore, 'list' | 'get'>,
  prefix: string,
): Promise<void> {
  let objects = 0;
  for await (const { key } of store.list(fullPrefix(prefix))) {
    const bytes = await store.get(key);
    // Expired between the two calls.
    if (bytes === undefined) continue;
    for (const line of archiveLines(key, bytes)) terminal.out(line);
    objects += 1;
  }
  if (objects === 0) {
    const message = `There is nothing under ${fullPrefix(prefix)}. \`weir archive ls\` shows what there is.`;
    throw new CommandError(EXIT.findings, message);
  }
}

function fullPrefix(prefix: string): string {
  return prefix.startsWith(ROOT) ? prefix : ROOT + prefix;
}
