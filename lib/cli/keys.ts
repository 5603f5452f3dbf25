import { randomBytes } from 'node:crypto';
import { type Command, Option } from 'commander';
import { connectDynamo } from '../adapters/dynamodb/document-client.ts';
import { createDynamoKeyStore } from '../adapters/dynamodb/key-store.ts';
import { generateTokenKey } from '../adapters/jose/token-key.ts';
import { createSecret } from '../adapters/secrets-manager/secret.ts';
import { createIngestKey, KEY_RANDOM_BYTES } from '../core/auth/ingest-key.ts';
import type { KeyStore } from '../ports/key-store.ts';
import { openConnection } from './connection.ts';
import { alignRows, type OutputFormat, outputFormat, outputOption, print } from './output.ts';
import { CommandError, EXIT, type Terminal } from './terminal.ts';

interface KeyOptions {
  readonly name: string;
  readonly sources: readonly string[];
  readonly requestsPerMinute?: number;
}

/** Adds `weir keys create|list|disable|token`. */
export function registerKeys(program: Command, terminal: Terminal): void {
  const keys = program.command('keys').description('Ingest keys, and the key that signs sessions');
  const store = (): KeyStore =>
    createDynamoKeyStore(connectDynamo(), openConnection(terminal.environment).need('controlTable'));
  keys
    .command('create')
    .description('Make an ingest key; it is shown once')
    .requiredOption('--name <name>', 'what people call it')
    .addOption(
      new Option('--sources <list>', 'sources that it may write to, with * for any characters')
        .default(['*'], '*')
        .argParser((list) => list.split(',').map((source) => source.trim())),
    )
    .addOption(new Option('--requests-per-minute <count>', 'limit (default: none)').argParser(readCount))
    .addOption(outputOption())
    .addHelpText('after', "\nExample:\n  $ weir keys create --name shop --sources 'shop-*'")
    .action((options: KeyOptions, command: Command) =>
      createKey(terminal, store(), options, outputFormat(command)),
    );
  keys
    .command('list')
    .description('List the ingest keys, without what proves them')
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ weir keys list --output json')
    .action((_options: unknown, command: Command) => listKeys(terminal, store(), outputFormat(command)));
  keys
    .command('disable')
    .description('Stop a key from being accepted, within a minute')
    .argument('<id>', 'as `weir keys list` shows it')
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ weir keys disable 3f9c01a2b4d5')
    .action((keyId: string, _options: unknown, command: Command) =>
      disableKey(terminal, store(), keyId, outputFormat(command)),
    );
  keys
    .command('token')
    .description('Write a new key that signs sessions; everybody signs in again')
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ weir keys token')
    .action(async (_options: unknown, command: Command) => {
      const secret = createSecret(openConnection(terminal.environment).need('tokenKeyArn'));
      const key = await generateTokenKey();
      await secret.write(key);
      const written = { kid: String(JSON.parse(key).kid) };
      print(terminal, outputFormat(command), written, ({ kid }) => [
        `sessions are signed by ${kid} from now on`,
      ]);
    });
}

/** Makes an ingest key and prints it; it cannot be shown again. */
export async function createKey(
  terminal: Terminal,
  store: Pick<KeyStore, 'putIngestKey'>,
  options: KeyOptions,
  format: OutputFormat,
): Promise<void> {
  const createdAt = new Date(terminal.now()).toISOString();
  const { name, sources, requestsPerMinute } = options;
  const limit = requestsPerMinute === undefined ? {} : { requestsPerMinute };
  const { key, text } = createIngestKey(randomBytes(KEY_RANDOM_BYTES), {
    name,
    sources,
    createdAt,
    ...limit,
  });
  await store.putIngestKey(key);
  print(terminal, format, { id: key.keyId, key: text, name, sources }, () => [text]);
  terminal.note('Keep it now: it is not stored and cannot be shown again.');
}

/** Prints every ingest key. */
export async function listKeys(
  terminal: Terminal,
  store: Pick<KeyStore, 'listIngestKeys'>,
  format: OutputFormat,
): Promise<void> {
  const keys = (await store.listIngestKeys()).map((key) => ({
    id: key.keyId,
    name: key.name,
    sources: key.sources,
    requests_per_minute: key.requestsPerMinute ?? null,
    created_at: key.createdAt,
    disabled: key.disabled === true,
  }));
  print(terminal, format, keys, () =>
    alignRows(
      keys.map(({ id, name, sources, created_at, disabled }) => [
        id,
        disabled ? 'disabled' : 'active',
        created_at,
        sources.join(','),
        name,
      ]),
    ),
  );
}

/** Disables an ingest key. */
export async function disableKey(
  terminal: Terminal,
  store: Pick<KeyStore, 'disableIngestKey'>,
  keyId: string,
  format: OutputFormat,
): Promise<void> {
  if (!(await store.disableIngestKey(keyId))) {
    throw new CommandError(EXIT.usage, `There is no key ${keyId}. \`weir keys list\` shows those there are.`);
  }
  print(terminal, format, { id: keyId, disabled: true }, () => [`key ${keyId} is disabled`]);
}

function readCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new CommandError(EXIT.usage, `--requests-per-minute takes a whole number above 0, got "${text}".`);
}
