/** One document ready to be created. */
export interface IndexDocument {
  /** Data stream or dated index. */
  readonly index: string;
  readonly id: string;
  /** The document as JSON. */
  readonly json: string;
}

/** What became of one document. */
export type Delivery =
  /** Created now, or already there. `index` is the backing index where the store named it. */
  | { readonly kind: 'created' }
  | { readonly kind: 'exists'; readonly index: string }
  /** Refused for good: the mapping, or the document, is at fault. */
  | { readonly kind: 'rejected'; readonly type: string; readonly reason: string }
  /** Not taken after all retries; the same document may be taken later. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Where events are searched. Creating is the only write: an id that is there is never overwritten. */
export interface EventIndex {
  /** Creates the documents; one delivery for each, in their order. Retries what can be retried until `deadline` (epoch ms). */
  create(documents: readonly IndexDocument[], deadline: number): Promise<Delivery[]>;
  /**
   * Finds which of `ids` exist anywhere behind a data stream or index name, as id to backing index. Needed before any
   * second attempt: an id is unique only within one backing index, so a rollover in between would let it in again.
   */
  locate(index: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The `weir.batch` of existing documents, by id: tells a repeat of this batch from a collision with another. */
  batchesOf(
    found: readonly { readonly index: string; readonly id: string }[],
  ): Promise<ReadonlyMap<string, string>>;
}
