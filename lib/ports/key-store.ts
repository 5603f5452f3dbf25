import type { IngestKey } from '../core/auth/ingest-key.ts';
import type { User } from '../core/auth/user.ts';

/** Who may send logs, and who may sign in. */
export interface KeyStore {
  findIngestKey(keyId: string): Promise<IngestKey | undefined>;
  /** Adds a key, or replaces the one of that id. */
  putIngestKey(key: IngestKey): Promise<void>;
  /** All keys, disabled ones too, by id. */
  listIngestKeys(): Promise<IngestKey[]>;
  /** Stops a key from being accepted. False where there is none of that id. */
  disableIngestKey(keyId: string): Promise<boolean>;
  /** Counts one request of a key in a minute (ISO 8601, `2026-11-21T13:05`); returns how many there are, this one included. */
  countRequest(keyId: string, minute: string): Promise<number>;
  /** Finds a user; upper and lower case of the address do not matter. */
  findUser(email: string): Promise<User | undefined>;
  /** Adds a user, or replaces the one of that address. */
  putUser(user: User): Promise<void>;
}
