import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createAddressPolicy } from '../../core/notify/address-policy.ts';
import type { Resolve } from './checked-lookup.ts';
import { createHttpNotifier } from './post-webhook.ts';

const LOOPBACK = createAddressPolicy(['127.0.0.0/8']);
const servers: { close(): unknown }[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(listener: RequestListener): Promise<{ port: number; url: string; server: Server }> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}/hook?token=secret`, server };
}

const resolveTo =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

const post = (url: string, settings: Partial<Parameters<typeof createHttpNotifier>[0]> = {}) =>
  createHttpNotifier({ policy: LOOPBACK, ...settings }).post({
    url,
    headers: { 'webhook-id': 'msg_1' },
    body: '{"text":"größer"}',
  });

describe('createHttpNotifier', () => {
  test('posts headers and body as they are, and reads only the status', async () => {
    let got: unknown;
    const { url } = await listen((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        got = { method: request.method, path: request.url, id: request.headers['webhook-id'], body };
        response.writeHead(202).end('secret answer');
      });
    });
    expect(await post(url)).toEqual({ kind: 'answered', status: 202 });
    expect(got).toEqual({
      method: 'POST',
      path: '/hook?token=secret',
      id: 'msg_1',
      body: '{"text":"größer"}',
    });
  });

  test('hands Retry-After on', async () => {
    const { url } = await listen((_request, response) =>
      response.writeHead(429, { 'retry-after': '7' }).end(),
    );
    expect(await post(url)).toEqual({ kind: 'answered', status: 429, retryAfter: '7' });
  });

  test('does not follow a redirect', async () => {
    let requests = 0;
    const { url } = await listen((_request, response) => {
      requests += 1;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await post(url)).toEqual({ kind: 'answered', status: 307 });
    expect(requests).toBe(1);
  });

  test('does not wait for the end of an endless answer', async () => {
    const { url } = await listen((_request, response) => response.writeHead(200).write('x'.repeat(1000)));
    expect(await post(url, { timeoutMs: 5_000 })).toEqual({ kind: 'answered', status: 200 });
  });

  test('is unreachable when nothing listens or the name does not exist', async () => {
    const { url, server } = await listen(() => {});
    await new Promise((resolve) => server.close(resolve));
    expect(await post(url)).toEqual({ kind: 'unreachable', reason: 'ECONNREFUSED' });
    expect(await post('https://does-not-exist.invalid/')).toMatchObject({ kind: 'unreachable' });
  });

  test('is ambiguous when time runs out after the request was sent', async () => {
    const { url } = await listen(() => {});
    expect(await post(url, { timeoutMs: 100 })).toEqual({ kind: 'ambiguous', reason: 'ETIMEDOUT' });
  });

  test('is ambiguous when the connection breaks after the request was sent', async () => {
    const { url } = await listen((request) => request.on('data', () => request.socket.destroy()));
    expect(await post(url)).toEqual({ kind: 'ambiguous', reason: 'ECONNRESET' });
  });

  test('is unreachable when TLS fails before anything was sent', async () => {
    const server = createSocketServer((socket) => socket.end('not tls'));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await post(`https://127.0.0.1:${port}/`)).toMatchObject({ kind: 'unreachable' });
  });
});

describe('createHttpNotifier against requests into the own network', () => {
  const strict = { policy: createAddressPolicy([]) };

  test.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://2852039166/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://[::ffff:169.254.169.254]/',
    'http://[fd00:ec2::254]/',
    'https://[2002:a9fe:a9fe::1]/',
    'https://[64:ff9b:1::a9fe:a9fe]/',
    'https://[::1]/',
    'https://10.0.0.1/',
    'http://8.8.8.8/',
    'file:///etc/passwd',
  ])('refuses %s without dialling', async (url) => {
    expect(await post(url, strict)).toMatchObject({ kind: 'forbidden' });
  });

  test.each([
    ['169.254.169.254.nip.io', '169.254.169.254'],
    ['metadata.google.internal', '169.254.169.254'],
    ['localtest.me', '127.0.0.1'],
    ['rebound.example', '::ffff:10.0.0.1'],
  ])('refuses the name %s when it resolves to %s', async (name, address) => {
    const answer = await post(`https://${name}/`, { ...strict, resolve: resolveTo(address) });
    expect(answer).toMatchObject({ kind: 'forbidden', reason: expect.stringContaining(address) });
  });

  test('refuses metadata although private ranges are allowed', async () => {
    const policy = createAddressPolicy(['169.254.0.0/16', 'fd00::/8']);
    expect(await post('http://169.254.169.254/', { policy })).toMatchObject({ kind: 'forbidden' });
    expect(await post('http://[fd00:ec2::254]/', { policy })).toMatchObject({ kind: 'forbidden' });
  });

  test('refuses a name when one of its addresses is bad', async () => {
    const resolve = resolveTo('8.8.8.8', '10.0.0.1');
    expect(await post('https://both.example/', { ...strict, resolve })).toMatchObject({ kind: 'forbidden' });
  });

  test('refuses plain http to a public name', async () => {
    const answer = await post('http://public.example/', { ...strict, resolve: resolveTo('8.8.8.8') });
    expect(answer).toEqual({ kind: 'forbidden', reason: 'plain http is not private: use https' });
  });

  test('dials the address that was checked, and asks the resolver once', async () => {
    const { port } = await listen((_request, response) => response.writeHead(204).end());
    const answers = [['127.0.0.1'], ['169.254.169.254']];
    let asked = 0;
    const resolve: Resolve = (hostname, options) => {
      asked += 1;
      return resolveTo(...(answers.shift() ?? []))(hostname, options);
    };
    expect(await post(`http://rebound.example:${port}/`, { resolve })).toEqual({
      kind: 'answered',
      status: 204,
    });
    expect(asked).toBe(1);
  });

  test('says nothing of the URL when it refuses or fails', async () => {
    for (const url of ['https://10.0.0.1/hook?token=secret', 'http://127.0.0.1:1/hook?token=secret']) {
      expect(JSON.stringify(await post(url))).not.toContain('secret');
    }
  });
});
