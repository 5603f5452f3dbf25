import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestTerminal } from '../../test/support/create-test-terminal.ts';
import { health } from './health.ts';

describe('health', () => {
  let server: Server;
  let url: string;
  let answer = { status: 200, body: '' };

  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.writeHead(answer.status).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.close();
  });

  test('exits with 0 when every service is up', async () => {
    answer = { status: 200, body: '{"status":"up","services":{"ledger":{"status":"up"}}}' };
    const { terminal, lines, codes } = createTestTerminal();
    await health(terminal, url, 'text');
    expect([lines, codes]).toEqual([['Weir is up', '  ledger  up'], [0]]);
  });

  test('exits with 1 and names the service that is down, although the API answers 503', async () => {
    const services = { opensearch: { status: 'down', detail: 'does not answer' } };
    answer = { status: 503, body: JSON.stringify({ status: 'down', services }) };
    const { terminal, codes, json } = createTestTerminal();
    await health(terminal, url, 'json');
    expect([codes, json().services]).toEqual([[1], services]);
  });

  test('exits with 3 when the answer is not a health report', async () => {
    answer = { status: 502, body: '<html>' };
    const { terminal } = createTestTerminal();
    await expect(health(terminal, url, 'text')).rejects.toMatchObject({ exitCode: 3 });
  });
});
