/** Ends of field names, in lower case without marks between words, that say that the value is a secret. */
const SECRET_ENDS = [
  'password',
  'passwd',
  'passphrase',
  'pwd',
  'secret',
  'token',
  'apikey',
  'accesskey',
  'privatekey',
  'authorization',
  'cookie',
  'cardnumber',
  'cvv',
  'ssn',
  'socialsecuritynumber',
];

const LONGEST_NAME = 128;

/**
 * Whether a field's own name says that its value is a secret: `password`, `client_secret`, `X-Api-Key`, `accessToken`.
 * `more` are further names, compared whole.
 */
export function isSensitiveName(name: string, more: readonly string[]): boolean {
  const plain = plainName(name);
  return SECRET_ENDS.some((end) => plain.endsWith(end)) || more.includes(plain);
}

/** A name in lower case without the marks between its words. */
export function plainName(name: string): string {
  return name
    .slice(-LONGEST_NAME)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
