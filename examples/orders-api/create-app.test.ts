import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from './create-app.ts';
import { createChaos } from './create-chaos.ts';
import { createLogger } from './create-logger.ts';

const NOW = new Date('2026-01-01T12:00:00.000Z');
const lines: string[] = [];
const server = createServer(
  createApp({
    log: createLogger('orders-api', () => NOW, [(line) => lines.push(line)]),
    chaos: createChaos(1),
    shipping: () => ({ buffered: 2, dropped: 0 }),
  }),
);
let url = '';

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  lines.length = 0;
});
afterAll(() => server.close());

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/orders`, { method: 'POST', body, headers });
const logged = () => lines.map((line) => JSON.parse(line));

describe('POST /orders', () => {
  test('answers 201 and logs customer, order and latency', async () => {
    const answer = await post('{"customer":"demo","total":15}');
    const order = (await answer.json()) as { order_id: string };
    expect(answer.status).toBe(201);
    expect(order).toMatchObject({ customer: 'demo', total: 15 });
    expect(logged()).toEqual([
      {
        '@timestamp': '2026-01-01T12:00:00.000Z',
        level: 'INFO',
        message: 'order of 15.00 accepted',
        service: 'orders-api',
        event: {
          action: 'order_created',
          customer: 'demo',
          latency_ms: expect.any(Number),
          order_id: order.order_id,
        },
        trace: { id: answer.headers.get('x-trace-id') },
        http: { request: { method: 'POST' }, response: { status_code: 201 } },
        url: { path: '/orders' },
      },
    ]);
  });

  test('takes the trace over when the caller has one', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    await post('{"customer":"demo","total":1}', { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
    expect(logged()[0].trace.id).toBe(traceId);
  });

  test.each([
    ['not json', 400],
    ['[]', 400],
    ['{"customer":"","total":1}', 400],
    ['{"customer":"demo","total":-1}', 400],
    ['{"customer":"demo","total":"15"}', 400],
    [`{"customer":"${'x'.repeat(70_000)}","total":1}`, 413],
  ])('refuses %.40s with %i and a warning that does not repeat the body', async (body, status) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toHaveProperty('error');
    expect(logged()).toMatchObject([{ level: 'WARN', event: { action: 'order_rejected' } }]);
    expect(lines[0]).not.toContain(body);
  });
});

describe('/chaos', () => {
  test('logs the stack and its cause when an exception is thrown', async () => {
    const answer = await fetch(`${url}/chaos?mode=exception`);
    expect(answer.status).toBe(500);
    const [entry] = logged();
    expect(entry).toMatchObject({ level: 'ERROR', error: { type: 'PaymentGatewayError' } });
    expect(entry.error.stack_trace).toMatch(/at chargeCard .*Caused by: RangeError/s);
  });

  test('logs an ERROR when it fails and a WARN when it is slow', async () => {
    expect((await fetch(`${url}/chaos?mode=error`)).status).toBe(503);
    expect((await fetch(`${url}/chaos?mode=slow`)).status).toBe(200);
    expect(logged().map((entry) => entry.level)).toEqual(['ERROR', 'WARN']);
    expect(logged()[1].event.latency_ms).toBeGreaterThanOrEqual(300);
  });

  test('refuses a mode that it does not have', async () => {
    expect((await fetch(`${url}/chaos?mode=fire`)).status).toBe(400);
  });
});

describe('createApp', () => {
  test('says how the log delivery does, and logs nothing of it, when asked for its health', async () => {
    const answer = await fetch(`${url}/health`);
    expect(await answer.json()).toEqual({ status: 'ok', logs: { buffered: 2, dropped: 0 } });
    expect(lines).toEqual([]);
  });

  test('answers 404 and 405 with what there is', async () => {
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    const answer = await fetch(`${url}/orders`);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });
});
