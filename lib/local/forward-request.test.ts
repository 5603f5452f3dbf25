import { once } from 'node:events';
import { Agent, createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { forwardedHeaders, forwardRequest } from './forward-request.ts';

const HOST = 'abc.lambda-url.eu-west-1.on.aws';
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function listen(server: Server): Promise<string> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const openDoor = (emulatorUrl: string) =>
  listen(
    createServer((incoming, outgoing) => {
      void forwardRequest(incoming, outgoing, { emulatorUrl, host: HOST }, new Agent());
    }),
  );

describe('forwardRequest', () => {
  test('asks a function for its health in a way that the emulator does not answer itself', async () => {
    const emulatorUrl = await listen(createServer((request, response) => response.end(request.url)));
    const door = await openDoor(emulatorUrl);
    const asked = async (path: string) => (await fetch(door + path)).text();
    expect(await asked('/health')).toBe('/health/');
    expect(await asked('/health?deep=1')).toBe('/health/?deep=1');
    expect(await asked('/healthy')).toBe('/healthy');
  });

  test('passes on method, path, query, bytes and answer', async () => {
    const emulatorUrl = await listen(
      createServer(async (request, response) => {
        const body = await buffer(request);
        response.writeHead(202, { 'x-seen': `${request.method} ${request.url} ${request.headers.host}` });
        response.end(body);
      }),
    );
    const body = gzipSync('x'.repeat(200_000));
    const response = await fetch(`${await openDoor(emulatorUrl)}/ingest/a%20b?c=1`, { method: 'POST', body });
    expect(response.status).toBe(202);
    expect(response.headers.get('x-seen')).toBe(`POST /ingest/a%20b?c=1 ${HOST}`);
    expect(Buffer.from(await response.arrayBuffer()).equals(body)).toBe(true);
  });

  test('answers 503 with what to do when the emulator is down', async () => {
    const response = await fetch(await openDoor('http://127.0.0.1:1'), { method: 'POST', body: 'x' });
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await response.json()).toMatchObject({
      status: 503,
      detail: expect.stringContaining('npm run up'),
    });
  });
});

describe('forwardedHeaders', () => {
  const compressed = (type: string) => ({ 'content-type': type, 'content-encoding': 'gzip' });

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'text/plain',
    'TEXT/CSV',
    'application/xml',
  ])('labels a compressed %s as bytes and keeps the type beside it', (type) => {
    expect(forwardedHeaders(compressed(type), HOST)).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-weir-content-type': type,
      'content-encoding': 'gzip',
    });
  });

  test.each([
    compressed('application/x-ndjson'),
    compressed('application/json-seq'),
    { 'content-type': 'application/json' },
    { 'content-type': 'application/json', 'content-encoding': 'identity' },
    { 'content-encoding': 'gzip' },
  ])('leaves %j as it is', (headers) => {
    expect(forwardedHeaders(headers, HOST)).toEqual({ ...headers, host: HOST });
  });

  test('leaves out what belongs to one connection only', () => {
    expect(forwardedHeaders({ connection: 'close', expect: '100-continue', accept: '*/*' }, HOST)).toEqual({
      accept: '*/*',
      host: HOST,
    });
  });
});
