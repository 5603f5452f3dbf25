import type { RawRecord } from './raw-record.ts';

/** What a CloudWatch Logs subscription delivered, opened. Format: AWS, "Using CloudWatch Logs subscription filters". */
export type CloudWatchPayload =
  | { readonly kind: 'data'; readonly origin: LogOrigin; readonly records: readonly RawRecord[] }
  /** AWS asks whether the destination is there; holds no logs. */
  | { readonly kind: 'control' }
  | { readonly kind: 'unreadable' };

/** The account, group and stream that the events of a payload come from. */
export interface LogOrigin {
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
}

/** Reads an opened subscription payload. Every entry of `logEvents` becomes one record, even a malformed one. */
export function readCloudWatch(body: Buffer): CloudWatchPayload {
  const payload = parseObject(body);
  if (payload === undefined) return { kind: 'unreadable' };
  if (payload['messageType'] === 'CONTROL_MESSAGE') return { kind: 'control' };
  const { logEvents } = payload;
  if (!Array.isArray(logEvents)) return { kind: 'unreadable' };
  const origin = {
    owner: textOf(payload['owner']),
    logGroup: textOf(payload['logGroup']),
    logStream: textOf(payload['logStream']),
  };
  return { kind: 'data', origin, records: logEvents.map((event) => toRecord(event, origin)) };
}

type JsonObject = Readonly<Record<string, unknown>>;

function parseObject(body: Buffer): JsonObject | undefined {
  try {
    return asObject(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Each record has its own `fields`, because pipelines change events in place. */
function toRecord(event: unknown, origin: LogOrigin): RawRecord {
  const { id, timestamp, message } = asObject(event) ?? {};
  return {
    text: typeof message === 'string' ? message : JSON.stringify(event),
    ...(typeof timestamp === 'number' && { timeMs: timestamp }),
    ...(typeof id === 'string' && id !== '' && { id }),
    fields: {
      cloud: { provider: 'aws', account: { id: origin.owner } },
      aws: { cloudwatch: { log_group: origin.logGroup, log_stream: origin.logStream } },
    },
  };
}
