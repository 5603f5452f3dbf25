import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createGzip, gzipSync } from 'node:zlib';
import { Client } from '@opensearch-project/opensearch';
import { expect, test } from 'vitest';
import { awaitSettled, functionProcesses, openStack, post } from './deployed-stack.ts';

const stack = openStack();
const MIB = 2 ** 20;
/** The limit of a body, twice while its parts are joined, and what the process has when it is idle. */
const INTAKE_RSS_MIB = 512;

test('a gzip body of some 5 MB that opens to 60 MB is taken in and indexed', {
  timeout: 400_000,
}, async () => {
  const run = randomBytes(4).toString('hex');
  const startedAt = new Date().toISOString();
  const lines = makeLines(60 * MIB);
  const body = gzipSync(lines, { level: 6 });
  expect(body.length).toBeGreaterThan(4 * MIB);
  const response = await post(stack, `big-${run}`, body, { 'content-encoding': 'gzip' });
  expect(response.status).toBe(202);
  const { accepted } = (await response.json()) as { accepted: number };
  const { sums } = await awaitSettled(stack, startedAt, 1, 300);
  expect(sums).toMatchObject({ accepted, indexed: accepted });
  const client = new Client({ node: stack.openSearchUrl });
  await client.indices.refresh({ index: `logs-big-${run}-default` });
  expect((await client.count({ index: `logs-big-${run}-default` })).body.count).toBe(accepted);
});

test('a body that opens to 2 GB is refused, and the memory of the intake stays bounded', async () => {
  const bomb = await makeBomb(2048);
  const response = await post(stack, 'bomb', bomb, { 'content-encoding': 'gzip' });
  expect(response.status).toBe(413);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const peaks = functionProcesses(stack, 'intake').map(peakRssMib);
  expect(peaks.length).toBeGreaterThan(0);
  for (const peak of peaks) expect(peak).toBeLessThan(INTAKE_RSS_MIB);
});

/** NDJSON of about `bytes`, of which gzip makes a twelfth. */
function makeLines(bytes: number): Buffer {
  const parts: string[] = [];
  for (let size = 0, number = 0; size < bytes; number += 1) {
    const line = `{"@timestamp":"2026-11-21T10:00:00.000Z","level":"INFO","message":"order ${number} of customer ${number % 997} was accepted after the usual checks and handed to the warehouse for packing","trace":{"id":"${randomBytes(12).toString('hex')}"},"event":{"latency_ms":${number % 250},"customer":"customer-${number % 997}","action":"order_created"},"url":{"path":"/orders"},"labels":{"zone":"eu-west-1a","release":"2026.11.20","team":"checkout","pod":"orders-7d9f8b6c5d-x2x${number % 9}"}}\n`;
    parts.push(line);
    size += line.length;
  }
  return Buffer.from(parts.join(''));
}

async function makeBomb(mebibytes: number): Promise<Buffer> {
  const gzip = createGzip({ level: 9 });
  const zeros = Buffer.alloc(MIB, '\n{}');
  const chunks: Buffer[] = [];
  gzip.on('data', (chunk: Buffer) => chunks.push(chunk));
  for (let written = 0; written < mebibytes; written += 1) {
    if (!gzip.write(zeros)) await new Promise<void>((resolve) => gzip.once('drain', () => resolve()));
  }
  await new Promise<void>((resolve) => gzip.end(() => resolve()));
  return Buffer.concat(chunks);
}

/** The most that a process has ever held; where the system does not tell, what it holds now. */
function peakRssMib(pid: number): number {
  const file = `/proc/${pid}/status`;
  const kib = existsSync(file)
    ? /VmHWM:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(kib) / 1024;
}
