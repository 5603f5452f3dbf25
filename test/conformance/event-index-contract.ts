import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { EventIndex, IndexDocument } from '../../lib/ports/event-index.ts';

const SOON_MS = 60_000;

function documentOf(index: string, id: string, batch = 'batch-1'): IndexDocument {
  const json = JSON.stringify({ '@timestamp': '2026-11-21T10:00:00.000Z', message: id, weir: { batch } });
  return { index, id, json };
}

/** What every EventIndex does; `logs-*-*` are data streams where the store knows them. */
export function defineEventIndexContract(name: string, create: () => Promise<EventIndex>): void {
  describe(`the event index contract, ${name}`, () => {
    let events: EventIndex;
    let index: string;
    const deadline = () => Date.now() + SOON_MS;
    beforeEach(async () => {
      events = await create();
      index = `logs-contract${randomBytes(4).toString('hex')}-default`;
    });

    test('creates documents and answers in their order', async () => {
      const documents = [documentOf(index, 'a'), documentOf(index, 'b')];
      expect(await events.create(documents, deadline())).toEqual([{ kind: 'created' }, { kind: 'created' }]);
    });

    test('never writes over an id that is there', async () => {
      await events.create([documentOf(index, 'a', 'batch-1')], deadline());
      const second = [documentOf(index, 'b', 'batch-2'), documentOf(index, 'a', 'batch-2')];
      const [fresh, repeated] = await events.create(second, deadline());
      expect(fresh).toEqual({ kind: 'created' });
      expect(repeated?.kind).toBe('exists');
      const backing = repeated?.kind === 'exists' ? repeated.index : '';
      const batches = await events.batchesOf([{ index: backing, id: 'a' }]);
      expect(batches.get('a')).toBe('batch-1');
    });

    test('finds at once which ids are there', async () => {
      await events.create([documentOf(index, 'a'), documentOf(index, 'b')], deadline());
      const located = await events.locate(index, ['a', 'missing', 'b']);
      expect([...located.keys()].sort()).toEqual(['a', 'b']);
    });

    test('finds nothing in an index that is not there', async () => {
      expect((await events.locate(index, ['a'])).size).toBe(0);
    });

    test('takes nothing for something: no documents, no deliveries', async () => {
      expect(await events.create([], deadline())).toEqual([]);
    });
  });
}
