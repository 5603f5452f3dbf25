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

/** The bytes of a quarantine object: one record a line. */
export function packQuarantine(records: readonly QuarantinedRecord[]): Buffer {
  return Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}

/** The records of a quarantine object. Throws where it is damaged. */
export function unpackQuarantine(bytes: Buffer): QuarantinedRecord[] {
  const lines = bytes.toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as QuarantinedRecord);
}
