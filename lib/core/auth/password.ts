import { scryptSync, timingSafeEqual } from 'node:crypto';

/** Random bytes of a salt. */
export const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** OWASP's recommendation of 2023 for scrypt that keeps to 32 MiB: N = 2^15, r = 8, p = 3. */
const COST = { N: 2 ** 15, r: 8, p: 3 } as const;
const MAX_MEMORY_BYTES = 2 ** 26;
const STORED = /^scrypt\$([\w-]+)\$([\w-]+)$/;

/** Hashes a password with scrypt, as `scrypt$<salt>$<hash>`. `salt` is `SALT_BYTES` random bytes. Takes about 0.1 s. */
export function hashPassword(password: string, salt: Buffer): string {
  if (salt.length !== SALT_BYTES) throw new RangeError(`A salt has ${SALT_BYTES} bytes, got ${salt.length}.`);
  return `scrypt$${salt.toString('base64url')}$${derive(password, salt).toString('base64url')}`;
}

/** Whether `password` is the one behind `stored`. A text that `hashPassword` did not make matches no password. */
export function verifyPassword(password: string, stored: string): boolean {
  const [, salt, expected] = STORED.exec(stored) ?? [];
  if (salt === undefined || expected === undefined) return false;
  const wanted = Buffer.from(expected, 'base64url');
  const actual = derive(password, Buffer.from(salt, 'base64url'));
  return wanted.length === actual.length && timingSafeEqual(wanted, actual);
}

/** The same characters typed on two keyboards may differ in code points: NFKC makes them one. */
function derive(password: string, salt: Buffer): Buffer {
  return scryptSync(password.normalize('NFKC'), salt, HASH_BYTES, { ...COST, maxmem: MAX_MEMORY_BYTES });
}
