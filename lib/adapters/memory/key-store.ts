import type { IngestKey } from '../../core/auth/ingest-key.ts';
import type { User } from '../../core/auth/user.ts';
import type { KeyStore } from '../../ports/key-store.ts';

/** A KeyStore that lives as long as the process. */
export function createMemoryKeyStore(): KeyStore {
  const keys = new Map<string, IngestKey>();
  const users = new Map<string, User>();
  const requests = new Map<string, number>();
  return {
    async findIngestKey(keyId) {
      return keys.get(keyId);
    },
    async putIngestKey(key) {
      keys.set(key.keyId, key);
    },
    async listIngestKeys() {
      return [...keys.values()].sort((left, right) => (left.keyId < right.keyId ? -1 : 1));
    },
    async disableIngestKey(keyId) {
      const key = keys.get(keyId);
      if (key !== undefined) keys.set(keyId, { ...key, disabled: true });
      return key !== undefined;
    },
    async countRequest(keyId, minute) {
      const counter = `${keyId}/${minute}`;
      const count = (requests.get(counter) ?? 0) + 1;
      requests.set(counter, count);
      return count;
    },
    async findUser(email) {
      return users.get(email.toLowerCase());
    },
    async putUser(user) {
      users.set(user.email, user);
    },
  };
}
