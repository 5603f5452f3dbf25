import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { createTokenKey, generateTokenKey } from '../../lib/adapters/jose/token-key.ts';
import { createMemoryEventSearch } from '../../lib/adapters/memory/event-search.ts';
import { createMemoryKeyStore } from '../../lib/adapters/memory/key-store.ts';
import { createMemoryLedger } from '../../lib/adapters/memory/ledger.ts';
import { hashPassword } from '../../lib/core/auth/password.ts';
import { sessionClaims } from '../../lib/core/auth/token.ts';
import type { Role } from '../../lib/core/auth/user.ts';
import { type HttpRequest, type HttpResponse, jsonResponse } from '../../lib/core/http/http-message.ts';
import type { EventSearch, SearchOutcome } from '../../lib/ports/event-search.ts';
import { type Api, answerRequest } from './answer-request.ts';
import { defineRoute } from './route.ts';
import { apiRoutes } from './routes.ts';

const NOW = Date.UTC(2026, 10, 21, 13, 30);
const secret = await generateTokenKey();

function hit(id: string, minute: number, message: string) {
  const time = new Date(Date.UTC(2026, 10, 21, 13, minute)).toISOString();
  const event = { '@timestamp': time, message, log: { level: 'error' }, service: { name: 'orders' } };
  return { _index: 'logs-app-default', _id: id, _source: event };
}

const EVENTS = [hit('a', 29, 'refused'), hit('b', 28, 'saved'), hit('c', 10, 'refused long ago')];

function startApi(events: EventSearch = createMemoryEventSearch(EVENTS)) {
  const users = createMemoryKeyStore();
  const ledger = createMemoryLedger();
  const tokenKey = createTokenKey(
    async () => secret,
    () => NOW,
  );
  const refusals: string[] = [];
  const health = async () => ({ status: 'up', services: { opensearch: { status: 'up' } } }) as const;
  const api: Api = {
    routes: apiRoutes({ users, tokenKey, events, ledger, health }),
    tokenKey,
    events: { requestRefused: (status, code) => refusals.push(`${status} ${code}`) },
    now: () => NOW,
  };
  const call = async (method: string, target: string, extra: Partial<HttpRequest> = {}) => {
    const url = new URL(target, 'http://weir');
    const request = { method, path: url.pathname, query: url.searchParams, headers: {}, client: '::1' };
    const response = await answerRequest(api, { ...request, body: Buffer.alloc(0), ...extra });
    return { ...response, json: JSON.parse(response.body) };
  };
  const as = async (role: Role) => ({
    headers: {
      authorization: `Bearer ${await tokenKey.sign(sessionClaims({ email: 'ada@example.com', role }, NOW))}`,
    },
  });
  return { users, ledger, call, as, refusals };
}

describe('answerRequest', () => {
  test('answers a path with a slash at its end as without', async () => {
    const { call } = startApi();
    expect((await call('GET', '/health/')).status).toBe(200);
  });

  test('answers health to anybody', async () => {
    const { call } = startApi();
    const response = await call('GET', '/health');
    expect([response.status, response.json]).toEqual([
      200,
      { status: 'up', services: { opensearch: { status: 'up' } } },
    ]);
  });

  test('refuses an unknown path, another method and a call without a session, as problem details', async () => {
    const { call, refusals } = startApi();
    expect((await call('GET', '/api/v1/nothing')).json).toMatchObject({ status: 404 });
    const posted = await call('POST', '/api/v1/logs/search');
    expect([posted.status, posted.headers['allow']]).toEqual([405, 'GET']);
    const anonymous = await call('GET', '/api/v1/logs/search');
    expect([anonymous.status, anonymous.headers['www-authenticate']]).toEqual([401, 'Bearer']);
    expect(anonymous.headers['content-type']).toBe('application/problem+json');
    expect(refusals).toEqual(['404 no-such-path', '405 method-not-allowed', '401 not-signed-in']);
  });

  test('lets no answer be kept on the way', async () => {
    const { call } = startApi();
    const kept = (response: HttpResponse) => response.headers['cache-control'];
    expect([kept(await call('GET', '/health')), kept(await call('GET', '/nothing'))]).toEqual([
      'no-store',
      'no-store',
    ]);
  });

  test('refuses a role that lacks the scope, and says which one', async () => {
    const claims = sessionClaims({ email: 'ada@example.com', role: 'viewer' }, NOW);
    const route = defineRoute({
      method: 'GET',
      path: '/admin',
      summary: 'For admins.',
      access: 'admin',
      input: z.strictObject({}),
      handle: async () => jsonResponse(200, {}),
    });
    const response = await answerRequest(
      {
        routes: [route],
        tokenKey: { verify: async () => claims },
        events: { requestRefused: () => {} },
        now: () => NOW,
      },
      {
        method: 'GET',
        path: '/admin',
        query: new URLSearchParams(),
        headers: { authorization: 'Bearer x' },
        body: Buffer.alloc(0),
        client: '::1',
      },
    );
    expect([response.status, JSON.parse(response.body).detail]).toEqual([
      403,
      'This needs the scope admin; your role is viewer.',
    ]);
  });

  test('says who is signed in', async () => {
    const { call, as } = startApi();
    const { json } = await call('GET', '/api/v1/auth/me', await as('viewer'));
    expect(json).toEqual({
      email: 'ada@example.com',
      role: 'viewer',
      scopes: ['logs:read', 'rules:read'],
      expires_at: '2026-11-21T13:45:00.000Z',
    });
  });
});

describe('GET /api/v1/logs/search', () => {
  test('answers the newest matching events of the last 15 minutes', async () => {
    const { call, as } = startApi();
    const { status, json } = await call('GET', '/api/v1/logs/search', await as('viewer'));
    expect(status).toBe(200);
    expect(json.items.map((item: { _id: string }) => item._id)).toEqual(['a', 'b']);
    expect(json).toMatchObject({
      total: { value: 2, relation: 'eq' },
      took_ms: 0,
      complete: true,
      from: '2026-11-21T13:15:00.000Z',
      to: '2026-11-21T13:30:00.000Z',
    });
  });

  test('narrows by words, service, level and time', async () => {
    const { call, as } = startApi();
    const session = await as('viewer');
    const ids = async (query: string) =>
      (await call('GET', `/api/v1/logs/search?${query}`, session)).json.items.map(
        ({ _id }: { _id: string }) => _id,
      );
    expect(await ids('q=refused&from=now-1h')).toEqual(['a', 'c']);
    expect(await ids('from=now-1h&to=2026-11-21T13:15:00Z&level=ERROR')).toEqual(['c']);
    expect(await ids('service=other')).toEqual([]);
    expect(await ids('size=1')).toEqual(['a']);
  });

  test('names every parameter that is unknown, wrong or given twice, and what is allowed', async () => {
    const { call, as } = startApi();
    const session = await as('viewer');
    const { status, json } = await call('GET', '/api/v1/logs/search?colour=red&size=1001&from=soon', session);
    expect(status).toBe(400);
    expect(json.errors.map(({ parameter }: { parameter: string }) => parameter).sort()).toEqual([
      'colour',
      'from',
      'size',
    ]);
    expect(json.errors.at(-1).detail).toContain('q, service, level, from, to, size');
    const twice = await call('GET', '/api/v1/logs/search?q=a&q=b', session);
    expect(twice.json.errors).toEqual([{ parameter: 'q', detail: 'is given twice' }]);
  });

  test('refuses a range that ends before it begins', async () => {
    const { call, as } = startApi();
    const { json } = await call('GET', '/api/v1/logs/search?from=now&to=now-1h', await as('viewer'));
    expect(json).toMatchObject({ status: 400, type: 'urn:weir:problem:empty-time-range' });
  });

  test.each<[SearchOutcome, number]>([
    [{ kind: 'refused', reason: 'too many clauses' }, 422],
    [{ kind: 'unavailable', reason: 'connect ECONNREFUSED 10.0.0.1:9200' }, 503],
  ])('answers %o of the index with %i', async (outcome, expected) => {
    const { call, as } = startApi({ search: async () => outcome });
    const { status, body } = await call('GET', '/api/v1/logs/search', await as('viewer'));
    expect(status).toBe(expected);
    expect(body).not.toContain('10.0.0.1');
  });
});

describe('GET /api/v1/ingest/law', () => {
  test('sums the batches of the range and lists those that are open or lost records', async () => {
    const { call, as, ledger } = startApi();
    const settled = { indexed: 3, archived_only: 0, quarantined: 1, excluded: 0, duplicate: 0 };
    for (const [batch, count, minute] of [
      ['open', 7, '10'],
      ['balanced', 4, '11'],
      ['short', 5, '12'],
    ] as const) {
      const receivedAt = `2026-11-21T13:${minute}:00.000Z`;
      const known = { request: batch, source: 'app', bytes: 1, bodyHash: 'h' };
      await ledger.accept({ ...known, batch, receivedAt, count });
      if (batch !== 'open') await ledger.settle(batch, settled, count);
    }
    const { json } = await call('GET', '/api/v1/ingest/law?from=now-1h', await as('viewer'));
    expect(json).toMatchObject({
      balanced: false,
      batches: 3,
      sums: { accepted: 16, indexed: 6, quarantined: 2 },
      open_batches: 1,
      unbalanced_batches: 1,
      open: [{ batch: 'open', missing: 7, state: 'accepted' }],
      unbalanced: [{ batch: 'short', missing: 1, state: 'settled' }],
    });
  });

  test('refuses more than 31 days at once', async () => {
    const { call, as } = startApi();
    expect((await call('GET', '/api/v1/ingest/law?from=now-32d', await as('viewer'))).status).toBe(400);
  });
});

describe('POST /api/v1/auth/login', () => {
  const json = (value: unknown) => ({ body: Buffer.from(JSON.stringify(value)) });
  let passwordHash: string;
  beforeAll(() => {
    passwordHash = hashPassword('correct horse', Buffer.alloc(16, 7));
  });

  test('gives a token that the other operations take', async () => {
    const { call, users } = startApi();
    await users.putUser({
      email: 'ada@example.com',
      role: 'admin',
      passwordHash,
      createdAt: '2026-11-21T00:00:00Z',
    });
    const login = json({ email: 'Ada@Example.com', password: 'correct horse' });
    const session = await call('POST', '/api/v1/auth/login', login);
    expect(session.json).toMatchObject({ token_type: 'Bearer', expires_in: 900 });
    const headers = { authorization: `bearer ${session.json.access_token}` };
    expect((await call('GET', '/api/v1/auth/me', { headers })).json.role).toBe('admin');
  });

  test('answers an unknown user, a wrong password and a disabled user with the same words', async () => {
    const { call, users } = startApi();
    const user = { role: 'viewer', passwordHash, createdAt: '2026-11-21T00:00:00Z' } as const;
    await users.putUser({ ...user, email: 'ada@example.com' });
    await users.putUser({ ...user, email: 'gone@example.com', disabled: true });
    const answers = await Promise.all(
      [
        { email: 'nobody@example.com', password: 'correct horse' },
        { email: 'ada@example.com', password: 'wrong' },
        { email: 'gone@example.com', password: 'correct horse' },
      ].map(async (login) => (await call('POST', '/api/v1/auth/login', json(login))).body),
    );
    expect(new Set(answers).size).toBe(1);
    expect(JSON.parse(answers[0]!).status).toBe(401);
  });

  test('stops a peer that tries too often, whatever it tries', async () => {
    const { call, users } = startApi();
    for (let attempt = 1; attempt < 20; attempt += 1) {
      await users.countRequest('sign-in#client#::1', '2026-11-21T13:30');
    }
    const attempt = (email: string) => call('POST', '/api/v1/auth/login', json({ email, password: 'x' }));
    const statuses = [(await attempt('a@example.com')).status, (await attempt('b@example.com')).status];
    expect(statuses).toEqual([401, 429]);
  });

  test('points at what is wrong in the body', async () => {
    const { call } = startApi();
    const wrong = await call('POST', '/api/v1/auth/login', json({ email: 'a', passwort: 'b' }));
    expect(wrong.json.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/password',
      '#/passwort',
    ]);
    const text = await call('POST', '/api/v1/auth/login', { body: Buffer.from('email=a') });
    expect(text.json).toMatchObject({ status: 400, type: 'urn:weir:problem:body-not-json' });
  });
});
