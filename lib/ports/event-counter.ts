import type { CountOutcome } from '../core/alert/verdict.ts';
import type { CountQuery } from '../core/query/count-query.ts';

/** Counts events for the alert rules. */
export interface EventCounter {
  /**
   * One outcome for each query, in their order; a query that fails, or is answered by only some of its shards, does not
   * fail the others. Every event that was indexed before the call is counted.
   */
  count(queries: readonly CountQuery[]): Promise<CountOutcome[]>;
}
