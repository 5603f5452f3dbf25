import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestTerminal } from '../../test/support/create-test-terminal.ts';
import { sendToIntake } from './send.ts';

describe('sendToIntake', () => {
  let server: Server;
  let url: string;
  let answer = { status: 202, body: '{"batch":"b1","accepted":2}' };
  const received: { request: IncomingMessage; body: Buffer }[] = [];

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      received.push({ request, body: await buffer(request) });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.close();
  });

  const startTerminal = () =>
    createTestTerminal({
      environment: { WEIR_HOME: '/nonexistent', WEIR_INTAKE_URL: url, WEIR_INGEST_KEY: 'weir_key' },
    });

  test('posts the body as it is and prints the batch', async () => {
    const { terminal, lines } = startTerminal();
    await sendToIntake(terminal, Buffer.from('a\nb\n'), { source: 'shop' }, 'text');
    const { request, body } = received.at(-1)!;
    expect([request.url, request.headers.authorization, request.headers['content-type']]).toEqual([
      '/ingest/shop',
      'Bearer weir_key',
      undefined,
    ]);
    expect(body.toString()).toBe('a\nb\n');
    expect(lines).toEqual(['batch b1: 2 records accepted']);
  });

  test('compresses, names the type and the batch when asked to', async () => {
    const { terminal, json } = startTerminal();
    const options = { source: 'shop', contentType: 'text/plain', gzip: true, idempotencyKey: 'day-1' };
    await sendToIntake(terminal, Buffer.from('a\nb\n'), options, 'json');
    const { request, body } = received.at(-1)!;
    expect(request.headers).toMatchObject({
      'content-type': 'text/plain',
      'content-encoding': 'gzip',
      'idempotency-key': 'day-1',
    });
    expect(gunzipSync(body).toString()).toBe('a\nb\n');
    expect(json()).toEqual({ batch: 'b1', accepted: 2 });
  });

  test.each([
    [413, 2],
    [401, 2],
    [429, 3],
    [503, 3],
  ])('passes on what the intake said with %i, and exits with %i', async (status, exitCode) => {
    answer = { status, body: '{"title":"No","detail":"Do this instead."}' };
    const { terminal } = startTerminal();
    await expect(sendToIntake(terminal, Buffer.from('a'), { source: 'shop' }, 'text')).rejects.toMatchObject({
      exitCode,
      message: `${status} No. Do this instead.`,
    });
  });
});
