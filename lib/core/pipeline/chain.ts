import type { RawRecord } from '../decode/raw-record.ts';
import type { LogEvent } from '../event/log-event.ts';
import type { RecordContext } from '../processor/spec.ts';

/** What a pipeline made of one record. */
export type Routed =
  /** To be indexed and archived. `timeMs` is the event's own time, or when it was received. */
  | { readonly kind: 'event'; readonly event: LogEvent; readonly index: string; readonly timeMs: number }
  /** Dropped by the user's rule of that name. */
  | { readonly kind: 'excluded'; readonly rule: string };

/** What selects a pipeline. */
export interface Origin {
  readonly source: string;
  readonly dialect: string;
}

/** A compiled pipeline. `run` never throws: a line that nothing understands is an event too, tagged `_parsefailure`. */
export interface Chain {
  readonly name: string;
  run(record: RawRecord, context: RecordContext): Routed;
}

/** All pipelines of a deployment. */
export interface PipelineSet {
  /** The most specific pipeline that matches; the built-in default matches everything. */
  select(origin: Origin): Chain;
}
