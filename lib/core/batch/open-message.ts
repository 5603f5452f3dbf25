import { sniffDialect } from '../decode/sniff-dialect.ts';
import { countRecords } from '../decode/split-records.ts';
import { batchId, bodyHash } from './batch-key.ts';
import { Envelope, inlineBody } from './envelope.ts';
import { SourceName } from './source-name.ts';

/** One message as the log queue delivered it. */
export interface QueueMessage {
  readonly messageId: string;
  readonly body: string;
  /** SQS `SentTimestamp`, epoch ms. */
  readonly sentAtMs: number;
  /** The message attribute `source`, where the application set one. */
  readonly source?: string | undefined;
}

/** How every message of `encodeMessage` begins; saves parsing a large bare message twice. */
const OWN_MESSAGE = '{"weir":1,';
const BARE_SOURCE = 'sqs';

/**
 * The batch in a message: Weir's own envelope, or what an application put on the queue itself (NDJSON, JSON or text;
 * its SQS message id is the batch key). What only resembles an envelope is an application's message. Never throws,
 * whatever the body holds.
 */
export function openMessage(message: QueueMessage): Envelope {
  return readEnvelope(message.body) ?? wrapBareMessage(message);
}

function readEnvelope(body: string): Envelope | undefined {
  if (!body.startsWith(OWN_MESSAGE)) return undefined;
  try {
    return Envelope.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

function wrapBareMessage({ messageId, body, sentAtMs, source }: QueueMessage): Envelope {
  const bytes = Buffer.from(body);
  const dialect = sniffDialect(bytes);
  return {
    weir: 1,
    batch: batchId({ kind: 'aws', service: 'sqs', key: messageId }),
    request: messageId,
    received_at: new Date(sentAtMs).toISOString(),
    source: SourceName.safeParse(source).data ?? BARE_SOURCE,
    key_id: '',
    dialect,
    content_encoding: 'identity',
    count: countRecords(dialect, bytes),
    bytes: bytes.length,
    body_hash: bodyHash(bytes),
    body: inlineBody(bytes),
  };
}
