import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { sendBareMessage } from '../../lib/adapters/sqs/send-bare-message.ts';
import { forwardLogGroup } from '../../lib/local/samples/forward-log-group.ts';
import {
  awaitSettled,
  functionProcesses,
  openStack,
  post,
  readArchive,
  readDocuments,
} from './deployed-stack.ts';

const stack = openStack();
const LINES = 10_000;
const KILLS_AT_LEAST = 3;
const KILLS_AT_MOST = 8;
const run = randomBytes(4).toString('hex');

/** The lines of the sample files over and over, in an order that no run repeats, broken bytes and empty lines among them. */
function mixedLines(): Buffer[] {
  const files = ['orders.ndjson', 'pipe.log', 'access.log', 'mixed.txt'];
  const pool = files.flatMap((file) =>
    splitLines(readFileSync(new URL(`../../events/${file}`, import.meta.url))),
  );
  return Array.from({ length: LINES }, () => pool[randomBytes(2).readUInt16LE() % pool.length] as Buffer);
}

function splitLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start);
    lines.push(bytes.subarray(start, end === -1 ? bytes.length : end));
    start = end === -1 ? bytes.length : end + 1;
  }
  return lines;
}

function join(lines: readonly Buffer[]): Buffer {
  return Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
}

/** Kills one process of `process` now and then until `isDone`; where none runs there is nothing to kill. */
async function killAtRandom(isDone: () => boolean): Promise<number> {
  let killed = 0;
  while (!isDone() && killed < KILLS_AT_MOST) {
    await sleep(50 + (randomBytes(1)[0] ?? 0));
    for (const pid of functionProcesses(stack, 'process').slice(0, 1)) {
      process.kill(pid, 'SIGKILL');
      killed += 1;
    }
  }
  return killed;
}

test('10,000 mixed lines by three ways balance while process is killed at random', {
  timeout: 600_000,
}, async () => {
  const startedAt = new Date().toISOString();
  const lines = mixedLines();
  let isSettled = false;
  const kills = killAtRandom(() => isSettled);
  let accepted = 0;
  let batches = 0;
  const source = `kills-${run}`;
  const sendHttps = async (some: Buffer[], key: string, times: number): Promise<void> => {
    batches += 1;
    for (let time = 0; time < times; time += 1) {
      const headers = {
        'content-type': 'application/octet-stream',
        'x-weir-content-type': 'text/plain',
        'idempotency-key': key,
      };
      const response = await post(stack, source, join(some), headers);
      expect(response.status).toBe(202);
      accepted += ((await response.json()) as { accepted: number }).accepted;
    }
  };
  for (let start = 0; start < 6_000; start += 300) {
    await sendHttps(lines.slice(start, start + 300), `${run}-${start}`, start % 900 === 0 ? 2 : 1);
  }
  for (let start = 6_000; start < 8_000; start += 100) {
    const text = join(lines.slice(start, start + 100))
      .toString('utf8')
      .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, '?');
    await sendBareMessage(stack.queueUrl, text, source);
    batches += 1;
  }
  const logEvents = lines
    .slice(8_000)
    .map((line) => ({ timestamp: Date.now(), message: line.toString('utf8') || ' ' }));
  for (let start = 0; start < logEvents.length; start += 500) {
    const logStream = `stream-${start}`;
    await forwardLogGroup(
      { logGroup: `/aws/lambda/${source}`, logStream, logEvents: logEvents.slice(start, start + 500) },
      stack.outputs['SubscriptionFunctionArn'] ?? '',
    );
    batches += 1;
  }
  const { sums, unbalanced } = await awaitSettled(stack, startedAt, batches, 400);
  isSettled = true;
  expect(await kills).toBeGreaterThanOrEqual(KILLS_AT_LEAST);
  expect(unbalanced).toEqual([]);
  expect(sums.accepted).toBe(
    sums.indexed + sums.quarantined + sums.excluded + sums.archived_only + sums.duplicate,
  );
  expect(sums.accepted).toBeGreaterThanOrEqual(accepted);
  expect(sums.duplicate).toBeGreaterThanOrEqual(300);
  await expectSameEvents(source, sums.indexed);
});

async function expectSameEvents(source: string, indexed: number): Promise<void> {
  const query = { term: { 'weir.source': source } };
  const ids = [...(await readDocuments(stack, 'logs-*,orders-*', ['weir.batch'], query)).keys()];
  expect(ids).toHaveLength(indexed);
  const archived = [...(await readArchive(stack, '')).values()].filter(
    ({ _source }) => (_source['weir'] as { source: string }).source === source,
  );
  expect([...new Set(archived.map(({ _id }) => _id))].sort()).toEqual(ids.sort());
}
