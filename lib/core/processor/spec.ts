import type * as z from 'zod';
import type { LogEvent } from '../event/log-event.ts';

/** What a step may know beside the event itself. The same on every delivery of the record. */
export interface RecordContext {
  /** When Weir received the batch, epoch ms: the fallback for an event without a time. */
  readonly receivedAtMs: number;
  /** The source named by the sender. */
  readonly source: string;
  /** When the transport says that this record happened, epoch ms; the fallback before `receivedAtMs`. */
  readonly recordTimeMs?: number;
}

/**
 * Country and network of a public address, under ECS `geo` and `as` names; undefined where the database does not know
 * it, `unavailable` where there is no database that can be read.
 */
export type GeoLookup = (address: string) => GeoFields | 'unavailable' | undefined;
export interface GeoFields {
  readonly country_iso_code?: string;
}

/** A user agent taken apart, under ECS `user_agent` names; `unavailable` where there are no rules that can be read. */
export type UserAgentLookup = (original: string) => UserAgentFields | 'unavailable';
export interface UserAgentFields {
  readonly name: string;
  readonly version?: string;
  readonly os?: { readonly name: string; readonly version?: string };
  readonly device: { readonly name: string };
}

/** Databases that steps look things up in. A missing one degrades the step visibly: the event is flagged, not lost. */
export interface Resources {
  readonly geo?: GeoLookup;
  readonly userAgent?: UserAgentLookup;
}

/** Why a step could not do its work on this event. The event goes on, tagged; `reason` never holds payload. */
export interface StepFailure {
  readonly kind: 'failed';
  /** The tag to add, such as `_parsefailure`. */
  readonly tag: string;
  readonly reason: string;
}

/** A compiled step: changes the event in place. Never throws, on any input. */
export type Step = (event: LogEvent, context: RecordContext) => StepFailure | undefined;

/** An executed example: the conformance test runs it, the reference prints it. */
export interface Example<Options> {
  /** What the example shows, as a phrase. */
  readonly title: string;
  readonly options: Options;
  readonly given: LogEvent;
  /** The event afterwards, whole. */
  readonly expect: LogEvent;
  /** The tag of the failure, where this example shows one. */
  readonly fails?: string;
}

/** One processor: the same value validates its options, builds its step, feeds its tests and its reference page. */
export interface ProcessorSpec<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** One sentence, ends with a period. */
  readonly summary: string;
  readonly options: Schema;
  readonly examples: readonly Example<z.input<Schema>>[];
  /** What holds for every input. */
  readonly guarantees: readonly string[];
  /** What a user might expect and does not get. */
  readonly limits: readonly string[];
  build(options: z.output<Schema>, resources: Resources): Step;
}

/** Ties a spec's build function and examples to the type of its options. */
export function defineProcessor<Schema extends z.ZodType>(
  spec: ProcessorSpec<Schema>,
): ProcessorSpec<Schema> {
  return spec;
}
