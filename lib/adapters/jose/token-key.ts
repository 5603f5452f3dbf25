import type { CryptoKey, JWK } from 'jose';
import { TokenClaims } from '../../core/auth/token.ts';
import type { TokenKey } from '../../ports/token-key.ts';

const ALGORITHM = 'EdDSA';
const ISSUER = 'weir';
const AUDIENCE = 'weir-api';

interface KeyPair {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/** The secret does not hold a key that can sign. */
export class TokenKeyError extends Error {
  override readonly name = 'TokenKeyError';
}

/**
 * The TokenKey in a secret that holds an Ed25519 private JWK with a `kid`, as JSON. It is read once; a secret without a
 * key is read again the next time, so that a key written later is found. `now` is epoch ms.
 */
export function createTokenKey(readSecret: () => Promise<string>, now: () => number): TokenKey {
  let pair: Promise<KeyPair> | undefined;
  const open = (): Promise<KeyPair> => {
    pair ??= readSecret()
      .then(importPair)
      .catch((error: unknown) => {
        pair = undefined;
        throw error;
      });
    return pair;
  };
  return {
    async sign({ sub, role, iat, exp }) {
      const [{ SignJWT }, { kid, privateKey }] = await Promise.all([import('jose'), open()]);
      return new SignJWT({ role })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid })
        .setSubject(sub)
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt(iat)
        .setExpirationTime(exp)
        .sign(privateKey);
    },
    async verify(token) {
      const [{ errors, jwtVerify }, { publicKey }] = await Promise.all([import('jose'), open()]);
      try {
        const { payload } = await jwtVerify(token, publicKey, {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          audience: AUDIENCE,
          currentDate: new Date(now()),
        });
        return TokenClaims.safeParse(payload).data;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}

async function importPair(secret: string): Promise<KeyPair> {
  const { importJWK } = await import('jose');
  try {
    const jwk = JSON.parse(secret) as JWK;
    const { d: _private, ...publicJwk } = jwk;
    if (jwk.kid === undefined || jwk.crv !== 'Ed25519') throw new TypeError('not an Ed25519 JWK with a kid');
    const [privateKey, publicKey] = await Promise.all([
      importJWK(jwk, ALGORITHM),
      importJWK(publicJwk, ALGORITHM),
    ]);
    return { kid: jwk.kid, privateKey: privateKey as CryptoKey, publicKey: publicKey as CryptoKey };
  } catch (cause) {
    // Not the cause's message: a JSON error may quote the secret.
    const kind = cause instanceof Error ? cause.name : 'error';
    throw new TokenKeyError(`The signing key is not usable (${kind}). Write one with \`weir keys token\`.`);
  }
}

/** Makes the secret's content: a fresh Ed25519 private JWK whose `kid` is its thumbprint (RFC 7638), as JSON. */
export async function generateTokenKey(): Promise<string> {
  const { calculateJwkThumbprint, exportJWK, generateKeyPair } = await import('jose');
  const { privateKey } = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(privateKey);
  return JSON.stringify({ ...jwk, alg: ALGORITHM, use: 'sig', kid: await calculateJwkThumbprint(jwk) });
}
