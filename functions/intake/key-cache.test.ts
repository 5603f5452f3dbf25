import { expect, test } from 'vitest';
import type { IngestKey } from '../../lib/core/auth/ingest-key.ts';
import { createKeyCache } from './key-cache.ts';

function createStage() {
  const stage = { nowMs: 0, reads: [] as string[], keys: new Map<string, IngestKey>() };
  const find = async (keyId: string) => {
    stage.reads.push(keyId);
    return stage.keys.get(keyId);
  };
  return { stage, find: createKeyCache(find, () => stage.nowMs) };
}

const key = { keyId: 'known', name: 'x', hash: 'x', sources: ['*'], createdAt: '2026-11-21T13:36:00Z' };

test('createKeyCache asks again for a known key after 60 s', async () => {
  const { stage, find } = createStage();
  stage.keys.set('known', key);
  for (const nowMs of [0, 59_999, 60_000]) {
    stage.nowMs = nowMs;
    expect(await find('known')).toEqual(key);
  }
  expect(stage.reads).toHaveLength(2);
});

test('createKeyCache asks again for an unknown key after 10 s', async () => {
  const { stage, find } = createStage();
  expect(await find('known')).toBeUndefined();
  stage.keys.set('known', key);
  stage.nowMs = 9_999;
  expect(await find('known')).toBeUndefined();
  stage.nowMs = 10_000;
  expect(await find('known')).toEqual(key);
});

test('createKeyCache forgets everything rather than grow without bound', async () => {
  const { stage, find } = createStage();
  for (let id = 0; id <= 1000; id += 1) await find(`invented-${id}`);
  await find('invented-1000');
  expect(stage.reads).toHaveLength(1001);
  await find('invented-0');
  expect(stage.reads).toHaveLength(1002);
});
