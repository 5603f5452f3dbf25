/** A stored object's name and size. */
export interface ObjectSummary {
  readonly key: string;
  readonly bytes: number;
}

/** The bucket that holds `raw/`, `archive/`, `quarantine/` and `parked/`. */
export interface ObjectStore {
  /** Writes or replaces one object. */
  put(key: string, body: Buffer, contentType: string): Promise<void>;
  /** Reads one object, or undefined where there is none. */
  get(key: string): Promise<Buffer | undefined>;
  /** Names the objects under a prefix, in key order. */
  list(prefix: string): AsyncIterable<ObjectSummary>;
  /** Removes one object; nothing happens where there is none. */
  delete(key: string): Promise<void>;
}
