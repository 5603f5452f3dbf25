import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openStack, readDocuments } from './deployed-stack.ts';

const stack = openStack();
const customer = `customer-${randomBytes(4).toString('hex')}`;
let server: ChildProcess;
let url: string;

/** The service logs where it listens; with port 0 there is no other way to know. */
async function readAddress(process: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: process.stdout! })) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (address !== undefined) return address;
  }
  throw new Error('the service ended before it listened');
}

beforeAll(async () => {
  server = spawn('node', [new URL('../../examples/orders-api/server.ts', import.meta.url).pathname], {
    env: { ...process.env, WEIR_INTAKE_URL: stack.intakeUrl, WEIR_INGEST_KEY: stack.ingestKey, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  url = await readAddress(server);
  server.stdout?.resume();
});

afterAll(async () => {
  server.kill('SIGTERM');
  await once(server, 'exit');
});

test('the sample application ships its logs: customer and latency are searchable in orders-*', async () => {
  const order = JSON.stringify({ customer, total: 15 });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/orders`, { method: 'POST', headers, body: order });
  expect(response.status).toBe(201);
  await vi.waitFor(
    async () => {
      const documents = [...(await readDocuments(stack, 'orders-*', ['event', 'service'])).values()];
      const mine = documents.filter(({ event }) => (event as { customer?: string }).customer === customer);
      expect(mine).toMatchObject([
        {
          service: { name: 'orders-api' },
          event: { action: 'order_created', latency_ms: expect.any(Number) },
        },
      ]);
    },
    { timeout: 60_000, interval: 500 },
  );
});
