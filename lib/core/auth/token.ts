import * as z from 'zod';
import { Role, type User } from './user.ts';

/** How long a session lives: a user who is disabled or loses a role has it no longer than this. */
export const SESSION_SECONDS = 15 * 60;

/** What a session's token says; times are epoch seconds (RFC 7519). */
export const TokenClaims = z.object({
  /** The user's address. */
  sub: z.email(),
  role: Role,
  iat: z.int(),
  exp: z.int(),
});
export type TokenClaims = z.infer<typeof TokenClaims>;

/** The claims of a session that begins at `nowMs`. */
export function sessionClaims(user: Pick<User, 'email' | 'role'>, nowMs: number): TokenClaims {
  const iat = Math.floor(nowMs / 1000);
  return { sub: user.email, role: user.role, iat, exp: iat + SESSION_SECONDS };
}

/** The token of `Authorization: Bearer <token>`, or undefined. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return /^bearer\s+(\S+)$/i.exec(authorization?.trim() ?? '')?.[1];
}
