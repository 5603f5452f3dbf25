import { describe, expect, test } from 'vitest';
import { quarantineKey } from '../../lib/core/batch/quarantined-record.ts';
import { idsUnder } from '../../test/support/process-world.ts';
import {
  makeRecoverWorld,
  openBatch,
  parkBatch,
  parkedId,
  putParked,
  type RecoverWorld,
} from '../../test/support/recover-world.ts';
import { unparkBatches } from './unpark-batches.ts';

const FAR = Number.POSITIVE_INFINITY;

function unpark({ recovering }: RecoverWorld, ...keys: readonly string[]) {
  return unparkBatches(
    recovering,
    keys.map((key) => ({ key, bytes: 1 })),
    FAR,
  );
}

function parkedKeys({ objects }: RecoverWorld): string[] {
  return [...objects.objects.keys()].filter((key) => key.startsWith('parked/'));
}

describe('unparkBatches', () => {
  test('takes parked events to index and archive, moves their counts and removes their object', async () => {
    const world = makeRecoverWorld();
    const keys = [await parkBatch(world, 'a', ['one', 'two']), await parkBatch(world, 'b', ['three'])];
    expect(await unpark(world, ...keys)).toBe('taking');
    const ids = [...world.index.documents.values()].map(({ id }) => id).sort();
    expect(ids).toEqual([parkedId('a', 0), parkedId('a', 1), parkedId('b', 0)]);
    expect(idsUnder(world.objects.objects, 'archive/')).toEqual(ids);
    expect(world.ledger.entries.get('a')).toMatchObject({ accepted: 2, indexed: 2, archived_only: 0 });
    expect(world.ledger.entries.get('a')).not.toHaveProperty('parked');
    expect(parkedKeys(world)).toEqual([]);
  });

  test('counts as its own what an earlier attempt at the batch had brought to the index', async () => {
    const world = makeRecoverWorld();
    const key = await parkBatch(world, 'a', ['one', 'two']);
    const json = JSON.stringify({ weir: { batch: 'a' } });
    await world.index.create([{ index: 'logs-shop-default', id: parkedId('a', 0), json }], FAR);
    await unpark(world, key);
    expect(world.ledger.entries.get('a')).toMatchObject({ indexed: 2, duplicate: 0, archived_only: 0 });
    expect(world.index.documents.size).toBe(2);
  });

  test('creates nothing again that an earlier attempt left behind a rollover', async () => {
    const world = makeRecoverWorld();
    const key = await parkBatch(world, 'a', ['one', 'two']);
    const locate = async () => new Map([[parkedId('a', 0), 'backing-index-1']]);
    const { recovering } = world;
    const rolledOver = { ...recovering, index: { ...recovering.index, locate } };
    await unpark({ ...world, recovering: rolledOver }, key);
    expect([...world.index.documents.values()].map(({ id }) => id)).toEqual([parkedId('a', 1)]);
    expect(world.ledger.entries.get('a')).toMatchObject({ indexed: 2, duplicate: 0 });
  });

  test('counts as duplicate what another batch with ids of its own had brought', async () => {
    const world = makeRecoverWorld();
    const key = await parkBatch(world, 'a', ['one', 'two']);
    await putParked(world, 'a', ['one', 'two'], true);
    const json = JSON.stringify({ weir: { batch: 'other' } });
    await world.index.create([{ index: 'logs-shop-default', id: parkedId('a', 0), json }], FAR);
    await unpark(world, key);
    expect(world.ledger.entries.get('a')).toMatchObject({ indexed: 1, duplicate: 1, archived_only: 0 });
    expect(idsUnder(world.objects.objects, 'archive/')).toEqual([parkedId('a', 1)]);
  });

  test('offers a refused document once more, folded, and quarantines what is refused even then', async () => {
    const world = makeRecoverWorld(({ json }) =>
      json.includes('poison') || (json.includes('odd') && !json.includes('"folded"'))
        ? { kind: 'rejected', type: 'bad', reason: 'refused' }
        : undefined,
    );
    const earlier = { batch: 'a', position: 7, step: 'pipeline', cause: 'c', reason: 'r' };
    const stale = { batch: 'a', position: 0, step: 'index', cause: 'c', reason: 'r' };
    const place = quarantineKey('2026-11-21T10:00:00.000Z', 'a');
    const before = [earlier, stale].map((record) => `${JSON.stringify(record)}\n`).join('');
    await world.objects.put(place, Buffer.from(before), '');
    const key = await parkBatch(world, 'a', ['odd', 'poison']);
    await unpark(world, key);
    const records = world.objects.objects.get(place)?.toString().trim().split('\n') ?? [];
    expect(records.map((record) => JSON.parse(record))).toEqual([
      earlier,
      expect.objectContaining({ position: 1, step: 'index', cause: 'bad', id: parkedId('a', 1) }),
    ]);
    expect(world.ledger.entries.get('a')).toMatchObject({ indexed: 1, quarantined: 1, archived_only: 0 });
  });

  test('leaves parked what the index does not take, and settles the others', async () => {
    const world = makeRecoverWorld(({ id }) =>
      id.startsWith('stuck') ? { kind: 'unavailable', reason: '503' } : undefined,
    );
    const stuck = await parkBatch(world, 'stuck', ['one', 'two']);
    const key = await parkBatch(world, 'a', ['one']);
    expect(await unpark(world, stuck, key)).toBe('failing');
    expect(parkedKeys(world)).toEqual([stuck]);
    expect(world.ledger.entries.get('stuck')).toMatchObject({ archived_only: 2, parked: 2, indexed: 0 });
    expect(world.ledger.entries.get('a')).toMatchObject({ indexed: 1 });
  });

  test('leaves alone what process is still at work on, and removes what it settled otherwise', async () => {
    const world = makeRecoverWorld();
    await openBatch(world, 'open', 1);
    const open = await putParked(world, 'open', ['one']);
    const settled = await parkBatch(world, 'settled', ['one']);
    await world.ledger.recover('settled', { indexed: 1, quarantined: 0, duplicate: 0 });
    expect(await unpark(world, open, settled)).toBe('untried');
    expect(parkedKeys(world)).toEqual([open]);
    expect(world.index.documents.size).toBe(0);
  });

  test('indexes what outlived its ledger entry', async () => {
    const world = makeRecoverWorld();
    const key = await putParked(world, 'forgotten', ['one']);
    await unpark(world, key);
    expect(world.index.documents.size).toBe(1);
    expect(idsUnder(world.objects.objects, 'archive/')).toHaveLength(1);
    expect(parkedKeys(world)).toEqual([]);
    expect(world.ledger.entries.size).toBe(0);
  });

  test('reports a damaged object and one of another name, keeps both, and goes on with the others', async () => {
    const world = makeRecoverWorld();
    const reported: string[] = [];
    const events = { ...world.recovering.events, failed: (code: string) => reported.push(code) };
    const damaged = await parkBatch(world, 'damaged', ['one']);
    await world.objects.put(damaged, Buffer.from('no zstd'), '');
    await world.objects.put('parked/stray', Buffer.from('x'), '');
    const key = await parkBatch(world, 'a', ['one']);
    const listening = { ...world, recovering: { ...world.recovering, events } };
    expect(await unpark(listening, damaged, 'parked/stray', key)).toBe('taking');
    expect(reported).toEqual(['PARKED_UNREADABLE', 'PARKED_UNREADABLE']);
    expect(parkedKeys(world)).toEqual([damaged, 'parked/stray']);
    expect(world.ledger.entries.get('damaged')).toMatchObject({ archived_only: 1, parked: 1 });
  });

  test('counts once when two runs un-park the same batch', async () => {
    const world = makeRecoverWorld();
    const key = await parkBatch(world, 'a', ['one', 'two']);
    await Promise.all([unpark(world, key), unpark(world, key)]);
    expect(world.ledger.entries.get('a')).toMatchObject({ accepted: 2, indexed: 2, archived_only: 0 });
    expect(world.index.documents.size).toBe(2);
  });
});
