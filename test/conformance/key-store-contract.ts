import { beforeAll, describe, expect, test } from 'vitest';
import type { IngestKey } from '../../lib/core/auth/ingest-key.ts';
import type { User } from '../../lib/core/auth/user.ts';
import type { KeyStore } from '../../lib/ports/key-store.ts';

const orders: IngestKey = {
  keyId: 'b00000000001',
  name: 'orders',
  hash: 'hash-1',
  sources: ['orders-*', 'payments'],
  requestsPerMinute: 600,
  createdAt: '2026-11-21T13:36:00.000Z',
};
const everything: IngestKey = {
  keyId: 'a00000000001',
  name: 'everything',
  hash: 'hash-2',
  sources: ['*'],
  createdAt: '2026-11-21T13:37:00.000Z',
};
const ada: User = {
  email: 'ada@example.org',
  role: 'admin',
  passwordHash: 'scrypt$salt$hash',
  createdAt: '2026-11-21T13:36:00.000Z',
};

/** What every KeyStore does. `open` gives an empty one. */
export function defineKeyStoreContract(name: string, open: () => Promise<KeyStore>): void {
  describe(`KeyStore in ${name}`, () => {
    let store: KeyStore;
    beforeAll(async () => {
      store = await open();
    });

    test('finds nothing in an empty store', async () => {
      expect(await store.findIngestKey('nobody')).toBeUndefined();
      expect(await store.listIngestKeys()).toEqual([]);
      expect(await store.findUser('nobody@example.org')).toBeUndefined();
      expect(await store.disableIngestKey('nobody')).toBe(false);
      expect(await store.listIngestKeys()).toEqual([]);
    });

    test('gives back the keys that were put, and lists them by id', async () => {
      await store.putIngestKey(orders);
      await store.putIngestKey(everything);
      expect(await store.findIngestKey(orders.keyId)).toEqual(orders);
      expect(await store.findIngestKey(everything.keyId)).toEqual(everything);
      expect(await store.listIngestKeys()).toEqual([everything, orders]);
    });

    test('replaces the key of the same id', async () => {
      const renamed = { ...everything, name: 'renamed' };
      await store.putIngestKey(renamed);
      expect(await store.findIngestKey(everything.keyId)).toEqual(renamed);
      expect(await store.listIngestKeys()).toHaveLength(2);
    });

    test('disables a key and keeps the rest of it', async () => {
      expect(await store.disableIngestKey(orders.keyId)).toBe(true);
      expect(await store.findIngestKey(orders.keyId)).toEqual({ ...orders, disabled: true });
      expect(await store.disableIngestKey(orders.keyId)).toBe(true);
    });

    test('counts every request of a key in its minute, also those at the same time', async () => {
      const count = () => store.countRequest('counted', '2026-11-21T13:36');
      const counts = await Promise.all(Array.from({ length: 10 }, count));
      expect(counts.sort((left, right) => left - right)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(await store.countRequest('counted', '2026-11-21T13:37')).toBe(1);
      expect(await store.countRequest('other', '2026-11-21T13:36')).toBe(1);
    });

    test('finds a user by the address in any case, and replaces it', async () => {
      await store.putUser(ada);
      expect(await store.findUser('Ada@Example.org')).toEqual(ada);
      await store.putUser({ ...ada, disabled: true });
      expect(await store.findUser('ada@example.org')).toEqual({ ...ada, disabled: true });
    });
  });
}
