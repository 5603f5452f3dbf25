import { hash } from 'node:crypto';

const LARGEST_TIME = 2 ** 48 - 1;

/**
 * The document `_id` of one record: 22 URL-safe characters, 6 bytes of event time in ms and 10 bytes of hash over
 * (batch, position). The same record of the same batch has the same id, however often it is delivered; equal lines at
 * two positions have two. Time comes first because ids that are close in time are close in the index's term dictionary.
 */
export function eventId(timeMs: number, batch: string, position: number | string): string {
  const digest = hash('sha256', `${batch}/${position}`, 'buffer');
  const bytes = Buffer.allocUnsafe(16);
  const time = Number.isFinite(timeMs) ? Math.min(Math.max(Math.trunc(timeMs), 0), LARGEST_TIME) : 0;
  bytes.writeUIntBE(time, 0, 6);
  digest.copy(bytes, 6, 0, 10);
  return bytes.toString('base64url');
}
