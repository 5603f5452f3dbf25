import { describe, expect, test } from 'vitest';
import { imbalance } from '../../lib/core/batch/law.ts';
import {
  deliver,
  envelopeOf,
  idsUnder,
  makeProcessWorld,
  RECEIVED_AT,
} from '../../test/support/process-world.ts';
import { processBatches } from './process-batches.ts';

const FAR = Number.POSITIVE_INFINITY;
const LINES = ['{"message":"one"}', '{"message":"two"}', 'not json', '{"message":"two"}'];

describe('processBatches', () => {
  test('indexes, archives and settles every record, equal lines apart', async () => {
    const { processing, index, objects, ledger } = makeProcessWorld();
    const envelope = envelopeOf('a', LINES);
    expect(await processBatches(processing, [deliver(envelope)], FAR)).toEqual([]);
    expect(index.documents.size).toBe(4);
    expect(idsUnder(objects.objects, 'archive/')).toEqual(
      [...index.documents.values()].map(({ id }) => id).sort(),
    );
    expect(ledger.entries.get(envelope.batch)).toMatchObject({
      state: 'settled',
      accepted: 4,
      indexed: 4,
      decoded: 4,
    });
  });

  test('coalesces the batches of one invocation into one archive object an index and hour', async () => {
    const { processing, objects } = makeProcessWorld();
    const messages = ['a', 'b', 'c'].map((batch) => deliver(envelopeOf(batch, LINES)));
    await processBatches(processing, messages, FAR);
    const keys = [...objects.objects.keys()];
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatch(/^archive\/index=logs-shop-default\/dt=2026-11-21\/hour=10\/.*\.ndjson\.zst$/);
  });

  test('counts a redelivered batch once and does not touch it again', async () => {
    const { processing, ledger, objects } = makeProcessWorld();
    const envelope = envelopeOf('a', LINES);
    await processBatches(processing, [deliver(envelope)], FAR);
    const before = [...objects.objects.keys()];
    expect(await processBatches(processing, [deliver(envelope, 2)], FAR)).toEqual([]);
    expect([...objects.objects.keys()]).toEqual(before);
    expect(ledger.entries.get(envelope.batch)).toMatchObject({ accepted: 4, indexed: 4, duplicate: 0 });
  });

  test('sends back only the batch whose documents were not taken, and archives nothing of it', async () => {
    let isDown = true;
    const { processing, index, objects, ledger } = makeProcessWorld((document) =>
      isDown && document.json.includes('unlucky') ? { kind: 'unavailable', reason: '429' } : undefined,
    );
    const lucky = envelopeOf('lucky', LINES);
    const unlucky = envelopeOf('unlucky', ['{"message":"fine"}', '{"message":"unlucky"}']);
    const messages = [deliver(lucky), deliver(unlucky)];
    expect(await processBatches(processing, messages, FAR)).toEqual([`m-${unlucky.batch}`]);
    expect(ledger.entries.get(lucky.batch)?.state).toBe('settled');
    expect(ledger.entries.get(unlucky.batch)?.state).toBe('accepted');
    expect(idsUnder(objects.objects, 'archive/')).toHaveLength(4);
    isDown = false;
    expect(await processBatches(processing, [deliver(unlucky, 2)], FAR)).toEqual([]);
    expect(ledger.entries.get(unlucky.batch)).toMatchObject({ state: 'settled', indexed: 2 });
    expect(idsUnder(objects.objects, 'archive/')).toEqual(
      [...index.documents.values()].map(({ id }) => id).sort(),
    );
  });

  test('folds what the mapping refuses, and keeps it findable', async () => {
    const { processing, index, ledger } = makeProcessWorld((document) =>
      JSON.parse(document.json).took === 'long'
        ? { kind: 'rejected', type: 'mapper_parsing_exception', reason: 'took' }
        : undefined,
    );
    const envelope = envelopeOf('a', ['{"message":"m","took":"long"}']);
    await processBatches(processing, [deliver(envelope)], FAR);
    const [document] = [...index.documents.values()].map(({ json }) => JSON.parse(json));
    expect(document).toMatchObject({ message: 'm', weir: { flags: ['time:received', 'folded'] } });
    expect(JSON.parse(document.weir.extra)).toMatchObject({ took: 'long' });
    expect(ledger.entries.get(envelope.batch)).toMatchObject({ indexed: 1, quarantined: 0 });
  });

  test('quarantines with its cause what the index refuses even then', async () => {
    const { processing, objects, ledger } = makeProcessWorld((document) =>
      document.json.includes('poison') ? { kind: 'rejected', type: 'bad', reason: 'no way' } : undefined,
    );
    const envelope = envelopeOf('a', ['{"message":"poison"}', '{"message":"fine"}']);
    expect(await processBatches(processing, [deliver(envelope)], FAR)).toEqual([]);
    const key = `quarantine/dt=2026-11-21/${envelope.batch}.ndjson`;
    const record = JSON.parse(objects.objects.get(key)?.toString() ?? '');
    expect(record).toMatchObject({ position: 0, step: 'index', cause: 'bad', reason: 'no way' });
    expect(record.event.message).toBe('poison');
    expect(ledger.entries.get(envelope.batch)).toMatchObject({ indexed: 1, quarantined: 1 });
  });

  test('sends back a batch that time runs out on, and finishes it from where it came to', async () => {
    const { processing, index, ledger } = makeProcessWorld();
    const envelope = envelopeOf('a', LINES);
    let reads = 0;
    const hurried = { ...processing, now: () => (reads += 1) };
    expect(await processBatches(hurried, [deliver(envelope)], 2)).toEqual([`m-${envelope.batch}`]);
    expect(index.documents.size).toBe(2);
    expect(ledger.entries.get(envelope.batch)?.state).toBe('accepted');
    expect(await processBatches(processing, [deliver(envelope, 2)], FAR)).toEqual([]);
    expect(ledger.entries.get(envelope.batch)).toMatchObject({ state: 'settled', indexed: 4 });
  });

  test('quarantines, masked, a record that its pipeline fails on, and settles the rest', async () => {
    const { processing, objects, ledger } = makeProcessWorld();
    const { pipelines } = processing;
    const select: typeof pipelines.select = (origin) => {
      const chain = pipelines.select(origin);
      return {
        name: chain.name,
        run(record, context) {
          if (record.text.includes('poison')) throw new TypeError('a bug');
          return chain.run(record, context);
        },
      };
    };
    const envelope = envelopeOf('a', ['poison for ann@example.com', '{"message":"fine"}']);
    const broken = { ...processing, pipelines: { select } };
    expect(await processBatches(broken, [deliver(envelope)], FAR)).toEqual([]);
    const record = JSON.parse(
      objects.objects.get(`quarantine/dt=2026-11-21/${envelope.batch}.ndjson`)?.toString() ?? '',
    );
    expect(record).toMatchObject({
      step: 'pipeline',
      cause: 'TypeError',
      event: { message: 'poison for [email]' },
    });
    expect(ledger.entries.get(envelope.batch)).toMatchObject({
      indexed: 1,
      quarantined: 1,
      state: 'settled',
    });
  });

  test('quarantines every record of a body whose object is gone', async () => {
    const { processing, ledger } = makeProcessWorld();
    const envelope = envelopeOf('a', LINES, { body: { kind: 'object', key: 'raw/gone' } });
    expect(await processBatches(processing, [deliver(envelope)], FAR)).toEqual([]);
    expect(ledger.entries.get(envelope.batch)).toMatchObject({ accepted: 4, quarantined: 4, indexed: 0 });
  });

  test('takes what an application put on the queue itself', async () => {
    const { processing, index, ledger } = makeProcessWorld();
    const message = {
      messageId: 'bare-1',
      body: 'hello\nworld',
      sentAtMs: Date.parse(RECEIVED_AT),
      receiveCount: 1,
    };
    expect(await processBatches(processing, [message], FAR)).toEqual([]);
    expect(index.documents.size).toBe(2);
    expect([...ledger.entries.values()]).toMatchObject([{ state: 'settled', accepted: 2, indexed: 2 }]);
  });

  test('sends everything back when the ledger cannot be reached, and nothing is indexed', async () => {
    const { processing, index } = makeProcessWorld();
    const begin = () => Promise.reject(new Error('down'));
    const broken = { ...processing, ledger: { ...processing.ledger, begin } };
    expect(await processBatches(broken, [deliver(envelopeOf('a', LINES))], FAR)).toHaveLength(1);
    expect(index.documents.size).toBe(0);
  });

  test('reports a batch whose records the intake counted differently', async () => {
    const { processing, ledger } = makeProcessWorld();
    const envelope = envelopeOf('a', LINES, { count: 9 });
    await processBatches(processing, [deliver(envelope)], FAR);
    expect(imbalance(ledger.entries.get(envelope.batch) ?? expect.fail())).toBe(5);
  });
});
