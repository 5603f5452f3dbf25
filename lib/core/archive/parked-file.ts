import type { LogEvent } from '../event/log-event.ts';
import { archiveLines } from './archive-file.ts';

/** Where batches wait for the index. */
export const PARKED_FOLDER = 'parked/';

const PARKED_KEY = /^parked\/dt=(?<day>\d{4}-\d{2}-\d{2})\/(?<batch>[\w-]+)\.ndjson\.zst$/;

/** One event that waits for the index: a line of the archive, and what only its delivery needs. */
export interface ParkedEvent {
  readonly _index: string;
  readonly _id: string;
  /** Its place in the batch, from 0. */
  readonly _position: number;
  /** Epoch ms: the partition of the archive that it belongs to. */
  readonly _time_ms: number;
  /** Its id comes from the record, so that another batch may hold it as well. */
  readonly _has_own_id: boolean;
  readonly _source: LogEvent;
}

/** The one parked object of a batch, always zstd: a second attempt replaces what the first one wrote. */
export function parkedKey(receivedAt: string, batch: string): string {
  return `${PARKED_FOLDER}dt=${receivedAt.slice(0, 10)}/${batch}.ndjson.zst`;
}

/** The batch of a parked object and the day (`2026-11-21`) it was received; undefined where it is no such key. */
export function readParkedKey(key: string): { readonly day: string; readonly batch: string } | undefined {
  const { day, batch } = PARKED_KEY.exec(key)?.groups ?? {};
  return day === undefined || batch === undefined ? undefined : { day, batch };
}

/** One line of a parked object, without its newline. `json` is the document. */
export function parkedLine(event: Omit<ParkedEvent, '_source'>, json: string): string {
  const { _index, _id, _position, _time_ms, _has_own_id } = event;
  const head = JSON.stringify({ _index, _id, _position, _time_ms, _has_own_id });
  return `${head.slice(0, -1)},"_source":${json}}`;
}

/** The events of a parked object, one at a time: a batch may open to much more than its object. Throws where it is damaged. */
export function* parkedEvents(key: string, bytes: Buffer): Generator<ParkedEvent> {
  for (const line of archiveLines(key, bytes)) yield JSON.parse(line) as ParkedEvent;
}
