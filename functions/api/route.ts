import type * as z from 'zod';
import type { Scope } from '../../lib/core/auth/permission.ts';
import type { TokenClaims } from '../../lib/core/auth/token.ts';
import type { HttpResponse } from '../../lib/core/http/http-message.ts';
import type { Refusal } from '../../lib/core/http/refusal.ts';

/** One call of the API, after its route was found. */
export interface Call {
  /** The session, where the route needs one. */
  readonly claims: TokenClaims | undefined;
  /** Address of the peer. */
  readonly client: string;
  /** When it was received, epoch ms. */
  readonly nowMs: number;
}

/** One operation of the API. */
export interface Route<Input extends z.ZodObject = z.ZodObject> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly summary: string;
  /** Who may call it: anybody, any user, or those whose role has the scope. */
  readonly access: 'public' | 'signed-in' | Scope;
  /** The query parameters of GET, the JSON body of POST. */
  readonly input: Input;
  // A method, so that routes of different inputs fit into one table.
  handle(input: z.output<Input>, call: Call): Promise<HttpResponse | Refusal>;
}

/** Ties a route's handler to the type of its input. */
export function defineRoute<Input extends z.ZodObject>(route: Route<Input>): Route<Input> {
  return route;
}
