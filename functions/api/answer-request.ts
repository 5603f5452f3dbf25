import { hasScope } from '../../lib/core/auth/permission.ts';
import { bearerToken, type TokenClaims } from '../../lib/core/auth/token.ts';
import type { HttpRequest, HttpResponse } from '../../lib/core/http/http-message.ts';
import { type Refusal, refusalResponse, refuse } from '../../lib/core/http/refusal.ts';
import type { TokenKey } from '../../lib/ports/token-key.ts';
import type { InternalEvents } from '../../lib/runtime/internal-events.ts';
import { readInput } from './read-input.ts';
import type { Route } from './route.ts';

/** What answering needs. */
export interface Api {
  readonly routes: readonly Route[];
  readonly tokenKey: Pick<TokenKey, 'verify'>;
  readonly events: Pick<InternalEvents, 'requestRefused'>;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Answers are about one person's logs: nobody on the way may keep them. */
const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** Answers one request by the route table; what is refused is answered with problem details. */
export async function answerRequest(api: Api, request: HttpRequest): Promise<HttpResponse> {
  const answer = await respond(api, request);
  if (!('kind' in answer)) return { ...answer, headers: { ...HEADERS, ...answer.headers } };
  api.events.requestRefused(answer.status, answer.code);
  const refused = refusalResponse(answer);
  return { ...refused, headers: { ...HEADERS, ...refused.headers } };
}

async function respond(api: Api, request: HttpRequest): Promise<HttpResponse | Refusal> {
  const route = findRoute(api.routes, request);
  if ('kind' in route) return route;
  const admission = await admit(api, route, request);
  if (admission.kind === 'refused') return admission;
  const input = readInput(route, request);
  if (input.kind === 'refused') return input;
  const { claims } = admission;
  return route.handle(input.value, { claims, client: request.client, nowMs: api.now() });
}

function findRoute(routes: readonly Route[], { method, path }: HttpRequest): Route | Refusal {
  const wanted = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  const here = routes.filter((route) => route.path === wanted);
  if (here.length === 0) return refuse(404, 'no-such-path', 'There is no operation of the API at this path.');
  const allow = here.map((route) => route.method).join(', ');
  const detail = `This path answers ${allow} only.`;
  return (
    here.find((route) => route.method === method) ?? refuse(405, 'method-not-allowed', detail, { allow })
  );
}

interface Admission {
  readonly kind: 'admitted';
  readonly claims: TokenClaims | undefined;
}

async function admit(
  { tokenKey }: Api,
  { access }: Route,
  { headers }: HttpRequest,
): Promise<Admission | Refusal> {
  if (access === 'public') return { kind: 'admitted', claims: undefined };
  const token = bearerToken(headers['authorization']);
  const claims = token === undefined ? undefined : await tokenKey.verify(token);
  if (claims === undefined) {
    const detail =
      'Sign in with POST /api/v1/auth/login and send the token as `Authorization: Bearer <token>`; it lives for 15 minutes.';
    return refuse(401, 'not-signed-in', detail, { 'www-authenticate': 'Bearer' });
  }
  if (access !== 'signed-in' && !hasScope(claims.role, access)) {
    return refuse(403, 'not-permitted', `This needs the scope ${access}; your role is ${claims.role}.`);
  }
  return { kind: 'admitted', claims };
}
