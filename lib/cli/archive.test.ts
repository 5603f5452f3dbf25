import { describe, expect, test } from 'vitest';
import { createTestTerminal } from '../../test/support/create-test-terminal.ts';
import { createMemoryObjectStore } from '../adapters/memory/object-store.ts';
import { archiveLine, packArchive } from '../core/archive/archive-file.ts';
import { listArchive, printArchive } from './archive.ts';

const BIG = '{"number":12345678901234567890}';

async function startStore() {
  const store = createMemoryObjectStore();
  const put = (key: string, body: Buffer) => store.put(key, body, 'application/octet-stream');
  await put('archive/index=a/1.ndjson.zst', packArchive([archiveLine('a', '1', BIG)], 'zstd'));
  await put('archive/index=a/2.ndjson.gz', packArchive([archiveLine('a', '2', '{}')], 'gzip'));
  await put('archive/index=b/1.ndjson.gz', packArchive([archiveLine('b', '1', '{}')], 'gzip'));
  await put('raw/1', Buffer.from('raw'));
  return store;
}

describe('printArchive', () => {
  test('prints the events of both compressions as they were archived, below the prefix alone', async () => {
    const { terminal, lines } = createTestTerminal();
    await printArchive(terminal, await startStore(), 'index=a/');
    expect(lines).toEqual([
      `{"_index":"a","_id":"1","_source":${BIG}}`,
      '{"_index":"a","_id":"2","_source":{}}',
    ]);
  });

  test('exits with 1 when there is nothing', async () => {
    const { terminal } = createTestTerminal();
    await expect(printArchive(terminal, await startStore(), 'index=c/')).rejects.toMatchObject({
      exitCode: 1,
    });
  });
});

describe('listArchive', () => {
  test('takes a prefix with or without archive/ and shows nothing beside the archive', async () => {
    const store = await startStore();
    const keysOf = async (prefix: string) => {
      const { terminal, json } = createTestTerminal();
      await listArchive(terminal, store, prefix, 'json');
      return json().map(({ key }: { key: string }) => key);
    };
    expect(await keysOf('')).toHaveLength(3);
    expect(await keysOf('raw/')).toEqual([]);
    expect(await keysOf('archive/index=b/')).toEqual(await keysOf('index=b/'));
  });
});
