import type { IngestKey } from '../../lib/core/auth/ingest-key.ts';
import type { KeyStore } from '../../lib/ports/key-store.ts';

const KEEP_MS = 60_000;
/** Short, so that a new key works soon after somebody tried it too early. */
const KEEP_MISSING_MS = 10_000;
/** Bounds what a flood of invented key ids can take up. */
const MAX_ENTRIES = 1000;

/** The store's `findIngestKey`, asked once a minute for a key that exists and every 10 s for one that does not. */
export function createKeyCache(
  find: KeyStore['findIngestKey'],
  now: () => number,
): KeyStore['findIngestKey'] {
  const found = new Map<string, { readonly key: IngestKey | undefined; readonly untilMs: number }>();
  return async (keyId) => {
    const known = found.get(keyId);
    if (known !== undefined && now() < known.untilMs) return known.key;
    const key = await find(keyId);
    if (found.size >= MAX_ENTRIES) found.clear();
    found.set(keyId, { key, untilMs: now() + (key === undefined ? KEEP_MISSING_MS : KEEP_MS) });
    return key;
  };
}
