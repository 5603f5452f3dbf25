import type { LogGroup, SubscriptionFilter } from '../core/subscribe/log-group.ts';

/** How a log group is named and addressed. */
export interface LogGroupSummary {
  readonly name: string;
  readonly arn: string;
}

/** The log groups of one account in one region. */
export interface LogGroups {
  /**
   * Names the log groups that can have subscription filters, in order of name; with `prefix` only those whose names begin
   * with it.
   */
  list(prefix?: string): AsyncIterable<LogGroupSummary>;
  /** Reads a log group's tags and filters, or undefined where it is gone. */
  describe(summary: LogGroupSummary): Promise<LogGroup | undefined>;
  /** Puts a filter on a log group, in place of one of the same name. */
  subscribe(logGroup: string, filter: SubscriptionFilter): Promise<void>;
  /** Takes the filter of that name off a log group; nothing happens where either is gone. */
  unsubscribe(logGroup: string, filterName: string): Promise<void>;
}
