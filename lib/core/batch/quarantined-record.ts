import type { LogEvent } from '../event/log-event.ts';

/** A record that a person has to look at, with the way back. Holds the scrubbed event, never the raw record. */
export interface QuarantinedRecord {
  readonly batch: string;
  /** Its place in the batch, from 0. */
  readonly position: number;
  /** The step that gave up. */
  readonly step: 'read' | 'pipeline' | 'index';
  /** Machine-readable, such as `mapper_parsing_exception`. */
  readonly cause: string;
  readonly reason: string;
  /** Where it was to go. */
  readonly index?: string;
  readonly id?: string;
  /** The event as it was refused; missing where it could not be read at all. */
  readonly event?: LogEvent;
}

/** The one quarantine object of a batch: a second attempt replaces what the first one wrote. */
export function quarantineKey(receivedAt: string, batch: string): string {
  return `quarantine/dt=${receivedAt.slice(0, 10)}/${batch}.ndjson`;
}
