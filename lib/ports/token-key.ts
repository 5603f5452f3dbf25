import type { TokenClaims } from '../core/auth/token.ts';

/** The key that signs sessions. Both methods throw where there is no usable key. */
export interface TokenKey {
  /** A compact JWT of the claims. */
  sign(claims: TokenClaims): Promise<string>;
  /** The claims of a token that this key signed and that has not expired, or undefined. */
  verify(token: string): Promise<TokenClaims | undefined>;
}
