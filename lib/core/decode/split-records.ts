import type { DialectName } from '../batch/envelope.ts';
import { readCloudWatch } from './cloudwatch-payload.ts';
import { jsonScanner } from './json-scanner.ts';
import type { RawRecord } from './raw-record.ts';
import { LineScanner, type RecordScanner, textStart } from './record-scanner.ts';

/**
 * The records of an opened body, one at a time. A body that is not of its dialect is read as lines: kept, not refused.
 * Never throws, and yields exactly `countRecords` of them.
 */
export function* splitRecords(dialect: DialectName, body: Buffer): Generator<RawRecord, void, undefined> {
  const listed = listedRecords(dialect, body);
  if (listed !== undefined) {
    yield* listed;
    return;
  }
  const scanner = scanRecords(dialect, body);
  while (scanner.next()) yield { text: body.toString('utf8', scanner.start, scanner.end) };
}

/** How many records `splitRecords` will find in the same body, without making them. */
export function countRecords(dialect: DialectName, body: Buffer): number {
  const listed = listedRecords(dialect, body);
  if (listed !== undefined) return listed.length;
  const scanner = scanRecords(dialect, body);
  let count = 0;
  while (scanner.next()) count += 1;
  return count;
}

/** Walks over the records of a body in a dialect that keeps them in their own bytes. */
export function scanRecords(dialect: DialectName, body: Buffer): RecordScanner {
  return dialect === 'json' ? jsonScanner(body) : new LineScanner(body, textStart(body));
}

/** The records of a dialect that wraps them: CloudWatch, where the payload is one. */
function listedRecords(dialect: DialectName, body: Buffer): readonly RawRecord[] | undefined {
  if (dialect !== 'cloudwatch') return undefined;
  const payload = readCloudWatch(body);
  if (payload.kind === 'unreadable') return undefined;
  return payload.kind === 'data' ? payload.records : [];
}
