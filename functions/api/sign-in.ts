import * as z from 'zod';
import { verifyPassword } from '../../lib/core/auth/password.ts';
import { SESSION_SECONDS, sessionClaims } from '../../lib/core/auth/token.ts';
import { type Refusal, refuse } from '../../lib/core/http/refusal.ts';
import type { KeyStore } from '../../lib/ports/key-store.ts';
import type { TokenKey } from '../../lib/ports/token-key.ts';

/** Attempts a minute, whether they succeed or not. */
const ATTEMPTS_FROM_ADDRESS = 20;
const ATTEMPTS_ON_USER = 60;
/** No password has this hash; checking it takes as long as checking a real one. */
const NOBODY = `scrypt$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Who signs in. */
export const Credentials = z.strictObject({
  email: z.string().max(320),
  password: z.string().max(1024),
});
export type Credentials = z.infer<typeof Credentials>;

/** A session's token, in the words of OAuth 2.0 (RFC 6749). */
export interface Session {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
}

/** What signing in needs from outside. */
export interface SignInDependencies {
  readonly users: Pick<KeyStore, 'findUser' | 'countRequest'>;
  readonly tokenKey: Pick<TokenKey, 'sign'>;
}

/**
 * Begins a session. An unknown address, a wrong password and a disabled user get the same refusal after the same time;
 * `client` is the address of the peer, whose attempts are limited, as are those on one user.
 */
export async function signIn(
  { users, tokenKey }: SignInDependencies,
  { email, password }: Credentials,
  client: string,
  nowMs: number,
): Promise<{ readonly kind: 'signed-in'; readonly session: Session } | Refusal> {
  const minute = new Date(nowMs).toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length);
  const [fromAddress, onUser] = await Promise.all([
    users.countRequest(`sign-in#client#${client}`, minute),
    users.countRequest(`sign-in#user#${email.toLowerCase()}`, minute),
  ]);
  if (fromAddress > ATTEMPTS_FROM_ADDRESS || onUser > ATTEMPTS_ON_USER) {
    const detail = 'Too many attempts to sign in. Wait a minute.';
    return refuse(429, 'too-many-attempts', detail, { 'retry-after': '60' });
  }
  const user = await users.findUser(email);
  const isRight = verifyPassword(password, user?.passwordHash ?? NOBODY);
  if (user === undefined || !isRight || user.disabled === true) {
    return refuse(401, 'wrong-credentials', 'The address or the password is wrong.');
  }
  const token = await tokenKey.sign(sessionClaims(user, nowMs));
  const session: Session = { access_token: token, token_type: 'Bearer', expires_in: SESSION_SECONDS };
  return { kind: 'signed-in', session };
}
