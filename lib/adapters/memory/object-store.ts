import type { ObjectStore, ObjectSummary } from '../../ports/object-store.ts';

/** An ObjectStore that lives as long as the process. */
export function createMemoryObjectStore(): ObjectStore & { readonly objects: ReadonlyMap<string, Buffer> } {
  const objects = new Map<string, Buffer>();
  return {
    objects,
    async put(key, body) {
      objects.set(key, Buffer.from(body));
    },
    async get(key) {
      return objects.get(key);
    },
    async *list(prefix): AsyncIterable<ObjectSummary> {
      for (const key of [...objects.keys()].sort()) {
        // One of them may be deleted while the caller looks at another.
        const object = objects.get(key);
        if (key.startsWith(prefix) && object !== undefined) yield { key, bytes: object.length };
      }
    },
    async delete(key) {
      objects.delete(key);
    },
  };
}
