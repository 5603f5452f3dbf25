import * as z from 'zod';
import { scopesOf } from '../../lib/core/auth/permission.ts';
import { jsonResponse } from '../../lib/core/http/http-message.ts';
import { refuse } from '../../lib/core/http/refusal.ts';
import { SearchRequest } from '../../lib/core/query/search-query.ts';
import type { EventSearch } from '../../lib/ports/event-search.ts';
import type { Ledger } from '../../lib/ports/ledger.ts';
import type { HealthReport } from './check-health.ts';
import { LawRequest, reportLaw } from './report-law.ts';
import { defineRoute, type Route } from './route.ts';
import { searchLogs } from './search-logs.ts';
import { Credentials, type SignInDependencies, signIn } from './sign-in.ts';

/** What the API's operations work with. */
export interface ApiServices extends SignInDependencies {
  readonly events: EventSearch;
  readonly ledger: Pick<Ledger, 'report'>;
  readonly health: () => Promise<HealthReport>;
}

/** Every operation of the API, in the order of its reference. */
export function apiRoutes(services: ApiServices): readonly Route[] {
  return [healthRoute(services), signInRoute(services), ME, searchRoute(services), lawRoute(services)];
}

const healthRoute = ({ health }: ApiServices) =>
  defineRoute({
    method: 'GET',
    path: '/health',
    summary: 'How Weir and each service that it needs are; 503 where one of them is down.',
    access: 'public',
    input: z.strictObject({}),
    async handle() {
      const report = await health();
      return jsonResponse(report.status === 'down' ? 503 : 200, report);
    },
  });

const signInRoute = (services: ApiServices) =>
  defineRoute({
    method: 'POST',
    path: '/api/v1/auth/login',
    summary: 'Begins a session of 15 minutes.',
    access: 'public',
    input: Credentials,
    async handle(credentials, { client, nowMs }) {
      const outcome = await signIn(services, credentials, client, nowMs);
      return outcome.kind === 'refused' ? outcome : jsonResponse(200, outcome.session);
    },
  });

const ME = defineRoute({
  method: 'GET',
  path: '/api/v1/auth/me',
  summary: 'Who is signed in, and what they may do.',
  access: 'signed-in',
  input: z.strictObject({}),
  async handle(_input, { claims }) {
    if (claims === undefined) return refuse(401, 'not-signed-in', 'Sign in first.');
    const { sub, role, exp } = claims;
    const expiresAt = new Date(exp * 1000).toISOString();
    return jsonResponse(200, { email: sub, role, scopes: scopesOf(role), expires_at: expiresAt });
  },
});

const searchRoute = ({ events }: ApiServices) =>
  defineRoute({
    method: 'GET',
    path: '/api/v1/logs/search',
    summary: 'The newest events that match, of the last 15 minutes where no time is given.',
    access: 'logs:read',
    input: SearchRequest,
    async handle(request, { nowMs }) {
      const outcome = await searchLogs(events, request, nowMs);
      return outcome.kind === 'refused' ? outcome : jsonResponse(200, outcome.answer);
    },
  });

const lawRoute = ({ ledger }: ApiServices) =>
  defineRoute({
    method: 'GET',
    path: '/api/v1/ingest/law',
    summary: 'What was accepted and where it went, with every batch that is open or does not add up.',
    access: 'logs:read',
    input: LawRequest,
    async handle(request, { nowMs }) {
      const outcome = await reportLaw(ledger, request, nowMs);
      return outcome.kind === 'refused' ? outcome : jsonResponse(200, outcome.summary);
    },
  });
