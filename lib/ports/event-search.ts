import type { ArchivedEvent } from '../core/archive/archive-file.ts';
import type { SearchQuery } from '../core/query/search-query.ts';

/** What a search found, newest first. */
export interface SearchPage {
  readonly items: readonly ArchivedEvent[];
  /** How many there are; `gte`: at least so many. */
  readonly total: { readonly value: number; readonly relation: 'eq' | 'gte' };
  readonly tookMs: number;
  /** False where a part of the index did not answer in time. */
  readonly complete: boolean;
}

/** How a search ended. */
export type SearchOutcome =
  | { readonly kind: 'found'; readonly page: SearchPage }
  /** The query is at fault, such as one of too many words. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The same query may be answered later. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Where events are found. */
export interface EventSearch {
  search(query: SearchQuery): Promise<SearchOutcome>;
}
