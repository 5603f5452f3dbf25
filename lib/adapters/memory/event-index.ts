import type { Delivery, EventIndex, IndexDocument } from '../../ports/event-index.ts';

/** What a test may make of a document instead of taking it. */
export type Fault = (document: IndexDocument) => Delivery | undefined;

/** An EventIndex that lives as long as the process: one backing index for each name, no mapping. */
export function createMemoryEventIndex(
  fault: Fault = () => undefined,
): EventIndex & { readonly documents: ReadonlyMap<string, IndexDocument> } {
  const documents = new Map<string, IndexDocument>();
  const keyOf = (index: string, id: string) => `${index}/${id}`;
  return {
    documents,
    async create(given) {
      return given.map((document) => {
        const failed = fault(document);
        if (failed !== undefined) return failed;
        const key = keyOf(document.index, document.id);
        if (documents.has(key)) return { kind: 'exists', index: document.index };
        documents.set(key, document);
        return { kind: 'created' };
      });
    },
    async locate(index, ids) {
      return new Map(ids.filter((id) => documents.has(keyOf(index, id))).map((id) => [id, index]));
    },
    async batchesOf(found) {
      const batches = new Map<string, string>();
      for (const { index, id } of found) {
        const document = documents.get(keyOf(index, id));
        if (document !== undefined) batches.set(id, JSON.parse(document.json).weir?.batch);
      }
      return batches;
    },
  };
}
