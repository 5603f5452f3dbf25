import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { sendBareMessage } from '../../lib/adapters/sqs/send-bare-message.ts';
import { forwardLogGroup } from '../../lib/local/samples/forward-log-group.ts';
import { awaitSettled, openStack, post, postGzip, readArchive, readDocuments } from './deployed-stack.ts';

const stack = openStack();
const run = randomBytes(4).toString('hex');
const startedAt = new Date().toISOString();

interface Document {
  readonly '@timestamp': string;
  readonly message: string;
  readonly log?: { readonly level?: string };
  readonly weir: { readonly batch: string; readonly flags?: string[] };
  readonly [field: string]: unknown;
}

async function documentsOf(index: string): Promise<Document[]> {
  return [...(await readDocuments(stack, index, ['*'])).values()] as unknown as Document[];
}

describe('logs, by each way in', () => {
  const access = `e2e-web-${run}`;
  const orders = `orders-e2e-${run}`;
  beforeAll(async () => {
    const line = `8.8.8.8 - - [21/Nov/2026:10:00:00 +0000] "GET /a?mail=ann@example.com HTTP/1.1" 200 12 "-" "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"`;
    await postGzip(stack, access, `${line}\nno such format\n`, { 'content-type': 'text/plain' });
    const order = {
      level: 'ERROR',
      message: 'card 4111 1111 1111 1111 declined',
      event: { customer: run, latency_ms: 12.5 },
    };
    const first = await post(stack, orders, JSON.stringify(order), { 'idempotency-key': `order-${run}` });
    const second = await post(stack, orders, JSON.stringify(order), { 'idempotency-key': `order-${run}` });
    expect(await second.json()).toEqual(await first.json());
    await sendBareMessage(stack.queueUrl, `{"message":"bare one"}\n{"message":"bare two"}`, `e2e-sqs-${run}`);
    await forwardLogGroup(
      {
        logGroup: `/aws/lambda/e2e-cw-${run}`,
        logStream: 'stream',
        logEvents: [
          { timestamp: Date.now(), message: 'START RequestId: 1' },
          { timestamp: Date.now(), message: '{"level":"warn","message":"slow"}' },
        ],
      },
      stack.outputs['SubscriptionFunctionArn'] ?? '',
    );
    await awaitSettled(stack, startedAt, 4, 60);
  });

  test('HTTPS: an access line is taken apart, looked up and scrubbed; a line of no format is kept', async () => {
    const documents = await documentsOf(`logs-${access}-default`);
    expect(documents).toHaveLength(2);
    const known = documents.find(({ tags }) => tags === undefined);
    expect(known).toMatchObject({
      '@timestamp': '2026-11-21T10:00:00.000Z',
      source: { ip: '8.8.8.8', geo: { country_iso_code: 'US' } },
      user_agent: { name: 'Firefox', os: { name: 'Linux' } },
      http: { response: { status_code: 200 } },
    });
    expect(JSON.stringify(known)).not.toContain('ann@example.com');
    expect(documents.find(({ tags }) => tags !== undefined)).toMatchObject({
      message: 'no such format',
      tags: ['_parsefailure'],
    });
  });

  test('HTTPS: nested fields are searchable in the dated index, and a repeated request is one document', async () => {
    const documents = (await documentsOf('orders-*')).filter(
      ({ event }) => (event as { customer?: string }).customer === run,
    );
    expect(documents).toHaveLength(1);
    expect(documents[0]).toMatchObject({
      event: { latency_ms: 12.5 },
      log: { level: 'error' },
      message: 'card [card] declined',
    });
    const { sums } = await awaitSettled(stack, startedAt, 4, 10);
    expect(sums.duplicate).toBeGreaterThanOrEqual(1);
  });

  test('SQS: a bare message of an application is a batch', async () => {
    const documents = await documentsOf(`logs-e2e-sqs-${run}-default`);
    expect(documents.map(({ message }) => message).sort()).toEqual(['bare one', 'bare two']);
    expect(new Set(documents.map(({ weir }) => weir.batch)).size).toBe(1);
  });

  test('CloudWatch: a subscribed log group arrives with where it came from', async () => {
    const documents = await documentsOf(`logs-e2e-cw-${run}-default`);
    expect(documents.map(({ message }) => message).sort()).toEqual(['START RequestId: 1', 'slow']);
    expect(documents[0]).toMatchObject({ aws: { cloudwatch: { log_group: `/aws/lambda/e2e-cw-${run}` } } });
  });

  test('archive and index hold the same events', async () => {
    for (const index of [
      `logs-e2e-sqs-${run}-default`,
      `logs-e2e-web-${run}-default`,
      `logs-e2e-cw-${run}-default`,
    ]) {
      const archived = await readArchive(stack, index);
      const documents = await readDocuments(stack, index, ['weir.batch']);
      expect(archived.map(({ _id }) => _id).sort()).toEqual([...documents.keys()].sort());
    }
  });
});

describe('the API of a deployed stack', () => {
  test('lets the first admin in, and shows law and logs', async () => {
    const login = await fetch(`${stack.apiUrl}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: stack.adminEmail, password: stack.adminPassword }),
    });
    expect(login.status).toBe(200);
    const session = (await login.json()) as { access_token: string };
    const headers = { authorization: `Bearer ${session.access_token}` };
    const law = await fetch(`${stack.apiUrl}/api/v1/ingest/law`, { headers });
    expect(await law.json()).toMatchObject({ balanced: true });
    const search = await fetch(`${stack.apiUrl}/api/v1/logs/search?q=bare&service=e2e-sqs-${run}`, {
      headers,
    });
    expect(await search.json()).toMatchObject({ total: { value: 2 } });
    const dated = await fetch(`${stack.apiUrl}/api/v1/logs/search?q=declined&service=orders-e2e-${run}`, {
      headers,
    });
    expect(await dated.json()).toMatchObject({ total: { value: 1 } });
  });

  test('tells the state of every service without a key', async () => {
    const health = await fetch(`${stack.apiUrl}/health`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({ status: 'up', services: { opensearch: { status: 'up' } } });
  });
});
