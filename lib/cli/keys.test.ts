import { describe, expect, test } from 'vitest';
import { createTestTerminal } from '../../test/support/create-test-terminal.ts';
import { createMemoryKeyStore } from '../adapters/memory/key-store.ts';
import { isKeyValid, readIngestKey } from '../core/auth/ingest-key.ts';
import { verifyPassword } from '../core/auth/password.ts';
import { createKey, disableKey, listKeys } from './keys.ts';
import { createUser } from './users.ts';

describe('createKey', () => {
  test('prints a key that the intake takes, and stores what only proves it', async () => {
    const store = createMemoryKeyStore();
    const { terminal, json } = createTestTerminal();
    await createKey(terminal, store, { name: 'shop', sources: ['shop-*'], requestsPerMinute: 60 }, 'json');
    const presented = readIngestKey({ authorization: `Bearer ${json().key}` })!;
    const [stored] = await store.listIngestKeys();
    expect(isKeyValid(stored!, presented)).toBe(true);
    expect(stored).toMatchObject({ name: 'shop', sources: ['shop-*'], requestsPerMinute: 60 });
    expect(JSON.stringify(stored)).not.toContain(json().key);
  });
});

describe('listKeys and disableKey', () => {
  test('show a disabled key as such, and never a hash', async () => {
    const store = createMemoryKeyStore();
    const made = createTestTerminal();
    await createKey(made.terminal, store, { name: 'shop', sources: ['*'] }, 'json');
    const { id } = made.json();
    await disableKey(createTestTerminal().terminal, store, id, 'text');
    const { terminal, json, lines } = createTestTerminal();
    await listKeys(terminal, store, 'json');
    expect(json()).toMatchObject([{ id, disabled: true }]);
    expect(lines.join()).not.toContain('hash');
  });

  test('refuse an id that is not there', async () => {
    const { terminal } = createTestTerminal();
    const disabling = disableKey(terminal, createMemoryKeyStore(), 'nothing', 'text');
    await expect(disabling).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe('createUser', () => {
  test('prints a password that signs the user in, and never the same twice', async () => {
    const store = createMemoryKeyStore();
    const { terminal, lines } = createTestTerminal();
    await createUser(terminal, store, { email: 'Ada@Example.com', role: 'admin' }, 'text');
    const [password = ''] = lines;
    const user = (await store.findUser('ada@example.com'))!;
    expect([user.role, verifyPassword(password, user.passwordHash)]).toEqual(['admin', true]);
    await createUser(terminal, store, { email: 'ada@example.com', role: 'viewer', reset: true }, 'text');
    expect(lines[1]).not.toBe(password);
  });

  test('does not change the password of somebody who is there already', async () => {
    const store = createMemoryKeyStore();
    const { terminal } = createTestTerminal();
    await createUser(terminal, store, { email: 'ada@example.com', role: 'admin' }, 'text');
    const again = createUser(terminal, store, { email: 'ada@example.com', role: 'viewer' }, 'text');
    await expect(again).rejects.toMatchObject({ exitCode: 2 });
    expect((await store.findUser('ada@example.com'))?.role).toBe('admin');
  });

  test('refuses what is not an address', async () => {
    const { terminal } = createTestTerminal();
    const making = createUser(terminal, createMemoryKeyStore(), { email: 'ada', role: 'viewer' }, 'text');
    await expect(making).rejects.toMatchObject({ exitCode: 2 });
  });
});
