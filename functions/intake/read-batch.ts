import { bodyHash } from '../../lib/core/batch/batch-key.ts';
import { ContentEncoding, type DialectName } from '../../lib/core/batch/envelope.ts';
import { openBody } from '../../lib/core/decode/open-body.ts';
import { sniffDialect } from '../../lib/core/decode/sniff-dialect.ts';
import { countRecords } from '../../lib/core/decode/split-records.ts';
import type { HttpRequest } from '../../lib/core/http/http-message.ts';
import { type Refusal, refuse } from '../../lib/core/http/refusal.ts';

/** The records of a request, told apart and counted. */
export interface ReadBatch {
  readonly kind: 'batch';
  readonly dialect: DialectName;
  readonly encoding: ContentEncoding;
  /** The body as it opened. */
  readonly opened: Buffer;
  /** Of the body as it opened. */
  readonly bodyHash: string;
  readonly count: number;
}

const DIALECTS: ReadonlyMap<string, DialectName> = new Map([
  ['application/x-ndjson', 'ndjson'],
  ['application/ndjson', 'ndjson'],
  ['application/json', 'json'],
  ['text/plain', 'text'],
]);
/** Says nothing of what is inside; a front door that would damage other types sends the original beside it. */
const OPAQUE_TYPE = 'application/octet-stream';
const ENCODING_ALIASES: ReadonlyMap<string, string> = new Map([
  ['', 'identity'],
  ['x-gzip', 'gzip'],
]);

/** Opens the body of a request and counts its records. */
export function readBatch({ headers, body }: HttpRequest, maxOpenBytes: number): ReadBatch | Refusal {
  const type = declaredType(headers);
  const declared = type === undefined ? undefined : DIALECTS.get(type);
  if (type !== undefined && declared === undefined) return refuseType(type);
  const label = headers['content-encoding']?.trim().toLowerCase() ?? '';
  const encoding = ContentEncoding.safeParse(ENCODING_ALIASES.get(label) ?? label);
  if (!encoding.success) return refuseEncoding();
  const outcome = openBody(body, encoding.data, maxOpenBytes);
  if (outcome.kind === 'refused') return refuseBody(outcome.reason, outcome.detail);
  const opened = outcome.body;
  const dialect = declared ?? sniffDialect(opened);
  const count = countRecords(dialect, opened);
  if (count === 0) {
    return refuse(400, 'no-records', 'The body holds no records. Send at least one line or object.');
  }
  return { kind: 'batch', dialect, encoding: outcome.encoding, opened, bodyHash: bodyHash(opened), count };
}

/** The content type that the sender gave to the body, without parameters; undefined where there is none. */
function declaredType(headers: HttpRequest['headers']): string | undefined {
  const type = mediaType(headers['content-type']);
  return type === OPAQUE_TYPE ? mediaType(headers['x-weir-content-type']) : type;
}

function mediaType(header = ''): string | undefined {
  const type = header.split(';', 1)[0]?.trim().toLowerCase();
  return type === '' ? undefined : type;
}

function refuseType(type: string): Refusal {
  const allowed = [...DIALECTS.keys(), OPAQUE_TYPE].join(', ');
  return refuse(415, 'type-unsupported', `The content type is "${type}". Use one of: ${allowed}.`, {
    accept: allowed,
  });
}

function refuseEncoding(): Refusal {
  const allowed = ContentEncoding.options.join(', ');
  const detail = `The content encoding is not known. Use one of: ${allowed}; one at a time.`;
  return refuse(415, 'encoding-unsupported', detail, { 'accept-encoding': allowed });
}

function refuseBody(reason: 'too-large' | 'corrupt' | 'mangled', detail: string): Refusal {
  switch (reason) {
    case 'too-large':
      return refuse(413, 'body-too-large', detail);
    case 'corrupt':
      return refuse(400, 'body-corrupt', detail);
    case 'mangled':
      return refuse(415, 'body-mangled', detail);
  }
}
