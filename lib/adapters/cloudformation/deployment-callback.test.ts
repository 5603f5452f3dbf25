import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeploymentReply } from '../../core/setup/deployment-request.ts';
import { cloudFormationCallback } from './deployment-callback.ts';

const reply: DeploymentReply = {
  Status: 'SUCCESS',
  Reason: 'done',
  PhysicalResourceId: 'weir-domain-setup',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'DomainSetup',
};

describe('cloudFormationCallback', () => {
  let server: Server;
  let url: string;
  let statuses: number[];
  const received: { request: IncomingMessage; body: string }[] = [];

  beforeEach(async () => {
    received.length = 0;
    server = createServer(async (request, response) => {
      received.push({ request, body: await text(request) });
      response.writeHead(statuses.shift() ?? 200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer?Signature=secret`;
  });

  afterEach(() => {
    server.close();
  });

  test('puts the answer as JSON, with the empty content type that the address is signed for', async () => {
    statuses = [200];
    await cloudFormationCallback.answer(url, reply);
    const [{ request, body }] = received as [(typeof received)[0]];
    expect([request.method, request.url, request.headers['content-type']]).toEqual([
      'PUT',
      '/answer?Signature=secret',
      '',
    ]);
    expect(JSON.parse(body)).toEqual(reply);
  });

  test('tries again when the answer is not taken', async () => {
    statuses = [503, 503, 200];
    await cloudFormationCallback.answer(url, reply);
    expect(received).toHaveLength(3);
  });

  test('gives up after three times, and names no signed address', async () => {
    statuses = [503, 503, 503];
    const failure: unknown = await cloudFormationCallback.answer(url, reply).catch((error) => error);
    expect(failure).toMatchObject({ name: 'DeploymentCallbackError', cause: 'status 503' });
    expect(String(failure)).not.toContain('secret');
    expect(received).toHaveLength(3);
  });
});
