import type { LogEvent } from '../event/log-event.ts';

/** One record of a body, told apart from its neighbours but not yet understood. */
export interface RawRecord {
  /** The record as text; broken UTF-8 is replaced by U+FFFD. */
  readonly text: string;
  /** When the transport says that it happened, epoch ms (CloudWatch's event time). */
  readonly timeMs?: number;
  /** The transport's own id of the record (CloudWatch's event id); where it is missing the position identifies it. */
  readonly id?: string;
  /** What the transport knows beside the text, under ECS names (`cloud.account.id`, `aws.cloudwatch.log_group`). */
  readonly fields?: LogEvent;
}
