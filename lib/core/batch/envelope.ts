import * as z from 'zod';

/** The ways in which the records of a body can be told apart. */
export const DialectName = z.enum(['ndjson', 'json', 'text', 'cloudwatch']);
export type DialectName = z.infer<typeof DialectName>;

/** The compressions a body may arrive in. */
export const ContentEncoding = z.enum(['identity', 'gzip', 'deflate', 'zstd']);
export type ContentEncoding = z.infer<typeof ContentEncoding>;

const InlineBody = z.strictObject({
  kind: z.literal('inline'),
  /** `utf8` only where the bytes are valid UTF-8, so that the body arrives exactly as it was sent. */
  encoding: z.enum(['utf8', 'base64']),
  data: z.string(),
});

const ObjectBody = z.strictObject({ kind: z.literal('object'), key: z.string().min(1) });

/**
 * One accepted batch on the log queue: who sent it, how to read it, and the body as it was sent (inside the message, or
 * a pointer to an object under `raw/`). Times are ISO 8601 in UTC, sizes in bytes.
 */
export const Envelope = z.strictObject({
  weir: z.literal(1),
  /** Batch id, 22 to 26 URL-safe characters: a hash of the batch key, or a fresh ULID. */
  batch: z.string().regex(/^[\w-]{22,26}$/),
  /** ULID of the request that brought it: tells a redelivered message from a repeated request. */
  request: z.string().min(1),
  received_at: z.iso.datetime(),
  source: z.string().min(1).max(128),
  key_id: z.string(),
  dialect: DialectName,
  content_encoding: ContentEncoding,
  /** Records counted at the intake, by the decoder that `process` uses. */
  count: z.int().nonnegative(),
  /** Size of the body as it was sent. */
  bytes: z.int().nonnegative(),
  /** Hash of the body as it opened, to tell a reused `Idempotency-Key` from a retry that was compressed again. */
  body_hash: z.string(),
  body: z.discriminatedUnion('kind', [InlineBody, ObjectBody]),
});
export type Envelope = z.infer<typeof Envelope>;

/** Puts bytes into a JSON message without changing one of them. */
export function inlineBody(bytes: Buffer): z.infer<typeof InlineBody> {
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes)
    ? { kind: 'inline', encoding: 'utf8', data: text }
    : { kind: 'inline', encoding: 'base64', data: bytes.toString('base64') };
}

/** The bytes that `inlineBody` put in. */
export function inlineBytes(body: z.infer<typeof InlineBody>): Buffer {
  return Buffer.from(body.data, body.encoding);
}
