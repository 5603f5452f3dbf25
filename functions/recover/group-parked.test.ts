import { describe, expect, test } from 'vitest';
import { createMemoryObjectStore } from '../../lib/adapters/memory/object-store.ts';
import { groupParked } from './group-parked.ts';

async function groupsOf(sizes: readonly number[], maxBytes: number): Promise<number[][]> {
  const objects = createMemoryObjectStore();
  for (const [place, bytes] of sizes.entries()) {
    const name = String(place).padStart(4, '0');
    await objects.put(`parked/dt=2026-11-21/${name}.ndjson.zst`, Buffer.alloc(bytes), '');
  }
  await objects.put('archive/other', Buffer.alloc(1), '');
  const groups: number[][] = [];
  for await (const group of groupParked(objects, maxBytes)) groups.push(group.map(({ bytes }) => bytes));
  return groups;
}

describe('groupParked', () => {
  test('gives nothing where nothing is parked', async () => {
    expect(await groupsOf([], 100)).toEqual([]);
  });

  test('gives the first object alone, then many together', async () => {
    const groups = await groupsOf(Array(120).fill(1), 1000);
    expect(groups.map(({ length }) => length)).toEqual([1, 50, 50, 19]);
  });

  test('fills no group with more than it takes to hold one object too many', async () => {
    expect(await groupsOf([1, 700_000, 700_000, 5], 10_000_000)).toEqual([[1], [700_000, 700_000], [5]]);
  });

  test('stops once the objects come to the bound, and gives one object however large it is', async () => {
    expect(await groupsOf([60, 60, 60, 60], 100)).toEqual([[60], [60]]);
    expect(await groupsOf([500, 1], 100)).toEqual([[500]]);
  });
});
