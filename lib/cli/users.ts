import { randomBytes } from 'node:crypto';
import { type Command, Option } from 'commander';
import { connectDynamo } from '../adapters/dynamodb/document-client.ts';
import { createDynamoKeyStore } from '../adapters/dynamodb/key-store.ts';
import { hashPassword, SALT_BYTES } from '../core/auth/password.ts';
import { Role, User } from '../core/auth/user.ts';
import type { KeyStore } from '../ports/key-store.ts';
import { openConnection } from './connection.ts';
import { type OutputFormat, outputFormat, outputOption, print } from './output.ts';
import { CommandError, EXIT, type Terminal } from './terminal.ts';

const PASSWORD_BYTES = 18;

interface UserOptions {
  readonly email: string;
  readonly role: Role;
  readonly reset?: boolean;
}

/** Adds `weir users create`. */
export function registerUsers(program: Command, terminal: Terminal): void {
  const users = program.command('users').description('People who may sign in');
  users
    .command('create')
    .description('Add a user with a random password, shown once; the first admin too')
    .requiredOption('--email <address>', 'address to sign in with')
    .addOption(new Option('--role <role>', 'what they may do').choices(Role.options).default('viewer'))
    .option('--reset', 'give an existing user a new password and this role')
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ weir users create --email ada@example.com --role admin')
    .action(async (options: UserOptions, command: Command) => {
      const table = openConnection(terminal.environment).need('controlTable');
      const store = createDynamoKeyStore(connectDynamo(), table);
      await createUser(terminal, store, options, outputFormat(command));
    });
}

/** Adds a user and prints the password; it cannot be shown again. */
export async function createUser(
  terminal: Terminal,
  store: Pick<KeyStore, 'findUser' | 'putUser'>,
  { email, role, reset }: UserOptions,
  format: OutputFormat,
): Promise<void> {
  const address = User.shape.email.safeParse(email.toLowerCase());
  if (!address.success) throw new CommandError(EXIT.usage, `"${email}" is not an e-mail address.`);
  if (reset !== true && (await store.findUser(address.data)) !== undefined) {
    const message = `${address.data} is there already. Give them a new password with --reset.`;
    throw new CommandError(EXIT.usage, message);
  }
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  await store.putUser({
    email: address.data,
    role,
    passwordHash: hashPassword(password, randomBytes(SALT_BYTES)),
    createdAt: new Date(terminal.now()).toISOString(),
  });
  print(terminal, format, { email: address.data, role, password }, () => [password]);
  terminal.note('Keep it now: it is not stored and cannot be shown again.');
}
