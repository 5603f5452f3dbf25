import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ObjectStore } from '../../lib/ports/object-store.ts';

/** What every ObjectStore does. */
export function defineObjectStoreContract(name: string, create: () => Promise<ObjectStore>): void {
  describe(`the object store contract, ${name}`, () => {
    const folder = `raw/contract-${randomBytes(4).toString('hex')}/`;
    let store: ObjectStore;
    beforeAll(async () => {
      store = await create();
    });

    test('gives back the bytes it was given', async () => {
      const bytes = randomBytes(100_000);
      await store.put(`${folder}bytes`, bytes, 'application/octet-stream');
      expect((await store.get(`${folder}bytes`))?.equals(bytes)).toBe(true);
    });

    test('has nothing under a key that was never written', async () => {
      expect(await store.get(`${folder}nothing`)).toBeUndefined();
    });

    test('replaces an object', async () => {
      await store.put(`${folder}twice`, Buffer.from('one'), 'text/plain');
      await store.put(`${folder}twice`, Buffer.from('second'), 'text/plain');
      expect((await store.get(`${folder}twice`))?.toString()).toBe('second');
    });

    test('deletes an object, and minds no key that was never written', async () => {
      await store.put(`${folder}gone`, Buffer.from('one'), 'text/plain');
      await store.delete(`${folder}gone`);
      await store.delete(`${folder}gone`);
      expect(await store.get(`${folder}gone`)).toBeUndefined();
    });

    test('lists what is left while its objects are being deleted', async () => {
      for (const name of ['a', 'b', 'c']) {
        await store.put(`${folder}shrinking/${name}`, Buffer.from(name), 'text/plain');
      }
      const found: string[] = [];
      for await (const { key } of store.list(`${folder}shrinking/`)) {
        found.push(key);
        await store.delete(key);
      }
      expect(found).toHaveLength(3);
    });

    test('lists the objects of a prefix with their sizes, in order', async () => {
      for (const key of ['list/b', 'list/a', 'list/c/d', 'other']) {
        await store.put(folder + key, Buffer.from(key), 'text/plain');
      }
      const found = [];
      for await (const object of store.list(`${folder}list/`)) found.push(object);
      expect(found).toEqual([
        { key: `${folder}list/a`, bytes: 6 },
        { key: `${folder}list/b`, bytes: 6 },
        { key: `${folder}list/c/d`, bytes: 8 },
      ]);
    });
  });
}
