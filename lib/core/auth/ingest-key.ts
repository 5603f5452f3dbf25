import { hash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { isCoveredBy } from './source-glob.ts';

/** An ingest key as it is stored: who may send what. The secret itself is kept nowhere. */
export const IngestKey = z.object({
  keyId: z.string().min(1),
  /** What a person calls it. */
  name: z.string(),
  /** SHA-256 of the key's text, base64url. */
  hash: z.string(),
  /** Sources that it may write to: names, with `*` for any characters. */
  sources: z.array(z.string()).readonly(),
  requestsPerMinute: z.int().positive().optional(),
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  disabled: z.boolean().optional(),
});
export type IngestKey = z.infer<typeof IngestKey>;

/** Random bytes that a new key is made of. */
export const KEY_RANDOM_BYTES = 26;
const KEY_ID_BYTES = 6;
const KEY_TEXT = /^weir_([0-9a-z]{12})_([0-9a-z]{32,64})$/i;

/** What a sender shows: the id names the key, the text proves it. */
export interface PresentedKey {
  readonly keyId: string;
  readonly text: string;
}

/**
 * Makes a key from `KEY_RANDOM_BYTES` random bytes. `text` is `weir_<12 characters>_<40 characters>`, to be shown once;
 * `key` is what is stored.
 */
export function createIngestKey(
  random: Buffer,
  settings: Pick<IngestKey, 'name' | 'sources' | 'requestsPerMinute' | 'createdAt'>,
): { readonly key: IngestKey; readonly text: string } {
  if (random.length !== KEY_RANDOM_BYTES) {
    throw new RangeError(`An ingest key is made of ${KEY_RANDOM_BYTES} random bytes, got ${random.length}.`);
  }
  const keyId = random.toString('hex', 0, KEY_ID_BYTES);
  const text = `weir_${keyId}_${random.toString('hex', KEY_ID_BYTES)}`;
  return { key: { ...settings, keyId, hash: hashKey(text) }, text };
}

/**
 * Reads the ingest key from `Authorization: Bearer <key>`, `ApiKey <key>`, `ApiKey base64(<id>:<secret>)` or `Basic`
 * (the key as password under any user, or id and secret), or else from `X-Api-Key: <key>`. Undefined where none has one.
 */
export function readIngestKey(
  headers: Readonly<Record<string, string | undefined>>,
): PresentedKey | undefined {
  return fromAuthorization(headers['authorization'] ?? '') ?? parseKey(headers['x-api-key'] ?? '');
}

/** Whether the presented key is the stored one, and that one is in use. Takes the same time for any wrong secret. */
export function isKeyValid(key: IngestKey, presented: PresentedKey): boolean {
  const expected = Buffer.from(key.hash);
  const actual = Buffer.from(hashKey(presented.text));
  return expected.length === actual.length && timingSafeEqual(expected, actual) && key.disabled !== true;
}

/** Whether the key may write to a source. */
export function mayWrite(key: IngestKey, source: string): boolean {
  return key.sources.some((glob) => isCoveredBy(glob, source));
}

function hashKey(text: string): string {
  return hash('sha256', text, 'base64url');
}

function parseKey(text: string): PresentedKey | undefined {
  const keyId = KEY_TEXT.exec(text.trim())?.[1];
  return keyId === undefined ? undefined : { keyId, text: text.trim() };
}

function fromAuthorization(header: string): PresentedKey | undefined {
  const [scheme = '', credentials = ''] = header.trim().split(/\s+/, 2);
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return parseKey(credentials);
    case 'apikey':
      return parseKey(credentials) ?? fromPair(credentials);
    case 'basic':
      return fromPair(credentials);
    default:
      return undefined;
  }
}

/** base64 of `anything:<key>` or `<id>:<secret>`. */
function fromPair(credentials: string): PresentedKey | undefined {
  const pair = Buffer.from(credentials, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon === -1) return undefined;
  const user = pair.slice(0, colon);
  const password = pair.slice(colon + 1);
  return parseKey(password) ?? parseKey(`weir_${user}_${password}`);
}
