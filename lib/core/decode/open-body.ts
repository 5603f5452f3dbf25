import { constants, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import type { ContentEncoding } from '../batch/envelope.ts';

/** What became of opening a body. `detail` says what is wrong and what to do, and never quotes the body. */
export type OpenedBody =
  /** `encoding` is what the bytes are in truth: compressed bytes without a label are recognised. */
  | { readonly kind: 'opened'; readonly body: Buffer; readonly encoding: ContentEncoding }
  | {
      readonly kind: 'refused';
      /** `mangled`: compressed bytes that were turned into text on the way. */
      readonly reason: 'too-large' | 'corrupt' | 'mangled';
      readonly detail: string;
    };

type Refusal = Extract<OpenedBody, { kind: 'refused' }>;
type CompressedEncoding = Exclude<ContentEncoding, 'identity'>;
type Decompress = (bytes: Buffer, limitBytes: number) => Buffer;

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);
const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const REPLACEMENT = Buffer.from('\u{fffd}');
/** 1.5 times as fast as the default of 16 KiB on bodies of some MB. */
const CHUNK_BYTES = 2 ** 20;
/** RFC 9659 bounds the window of the content coding `zstd` to 8 MB; so it bounds the decoder's memory. */
const ZSTD_WINDOW_LOG = 23;
/** Each frame costs a decoder (30 to 100 us), however small it is. */
const MAX_ZSTD_FRAMES = 1000;

/**
 * Opens a body that arrived as `encoding`, to at most `maxOpenBytes`. Memory stays bounded by that limit, whatever the
 * body would open to. Reads gzip of several members, zstd of several frames, and deflate with or without zlib's header.
 * A truncated or damaged body, or one with bytes after its end, is refused whole. Never throws.
 */
export function openBody(bytes: Buffer, encoding: ContentEncoding, maxOpenBytes: number): OpenedBody {
  const mangled = mangledEncoding(bytes, encoding);
  if (mangled !== undefined) return refuseMangled(mangled);
  const actual = encoding === 'identity' ? recognise(bytes) : encoding;
  if (actual === 'identity') {
    return bytes.length > maxOpenBytes
      ? refuseTooLarge(maxOpenBytes)
      : { kind: 'opened', body: bytes, encoding: actual };
  }
  try {
    const body = DECOMPRESS[actual](bytes, maxOpenBytes);
    return body.length > maxOpenBytes
      ? refuseTooLarge(maxOpenBytes)
      : { kind: 'opened', body, encoding: actual };
  } catch (error) {
    return refuseBroken(actual, (error as NodeJS.ErrnoException).code, maxOpenBytes);
  }
}

/** Both magic numbers are invalid UTF-8, so no text is taken for a compressed body. */
function recognise(bytes: Buffer): ContentEncoding {
  if (startsWith(bytes, GZIP_MAGIC)) return 'gzip';
  if (startsWith(bytes, ZSTD_MAGIC)) return 'zstd';
  return 'identity';
}

function startsWith(bytes: Buffer, prefix: Buffer): boolean {
  return bytes.subarray(0, prefix.length).equals(prefix);
}

/** The encoding that a front door broke by reading the bytes as UTF-8: its magic number's bytes became U+FFFD. */
function mangledEncoding(bytes: Buffer, encoding: ContentEncoding): CompressedEncoding | undefined {
  if (!bytes.subarray(1, 1 + REPLACEMENT.length).equals(REPLACEMENT)) return undefined;
  if (bytes[0] === GZIP_MAGIC[0]) return 'gzip';
  if (encoding === 'zstd' && bytes[0] === ZSTD_MAGIC[0]) return 'zstd';
  if (encoding === 'deflate' && bytes[0] === 0x78) return 'deflate';
  return undefined;
}

/** What zlib's one-shot functions give with `info: true`, which their type declarations leave out. */
interface Unpacked {
  readonly buffer: Buffer;
  /** `bytesWritten`: bytes of input read. */
  readonly engine: { readonly bytesWritten: number };
}

const DECOMPRESS: Readonly<Record<CompressedEncoding, Decompress>> = {
  gzip: (bytes, limitBytes) => gunzipSync(bytes, { chunkSize: CHUNK_BYTES, maxOutputLength: limitBytes }),
  deflate: (bytes, limitBytes) => {
    const inflate = hasZlibHeader(bytes) ? inflateSync : inflateRawSync;
    const options = { chunkSize: CHUNK_BYTES, maxOutputLength: limitBytes, info: true };
    const { buffer, engine } = inflate(bytes, options) as unknown as Unpacked;
    if (engine.bytesWritten !== bytes.length) throw new Error('bytes after the end of the deflate stream');
    return buffer;
  },
  zstd: decompressZstd,
};

/** RFC 1950: compression method 8, and both bytes together divisible by 31. */
function hasZlibHeader(bytes: Buffer): boolean {
  return bytes.length >= 2 && ((bytes[0] ?? 0) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0;
}

/** Node opens the first frame only, and ignores what follows. */
function decompressZstd(bytes: Buffer, limitBytes: number): Buffer {
  const frames: Buffer[] = [];
  let read = 0;
  let openBytes = 0;
  do {
    if (frames.length === MAX_ZSTD_FRAMES) throw new Error('too many zstd frames');
    const options = {
      chunkSize: CHUNK_BYTES,
      maxOutputLength: Math.max(limitBytes - openBytes, 1),
      params: { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG },
      info: true,
    };
    const { buffer, engine } = zstdDecompressSync(bytes.subarray(read), options) as unknown as Unpacked;
    frames.push(buffer);
    read += engine.bytesWritten;
    openBytes += buffer.length;
  } while (read < bytes.length);
  return frames.length === 1 ? (frames[0] as Buffer) : Buffer.concat(frames, openBytes);
}

function refuseTooLarge(maxOpenBytes: number): Refusal {
  const detail = `The body opens to more than ${maxOpenBytes} bytes. Send it in smaller parts.`;
  return { kind: 'refused', reason: 'too-large', detail };
}

function refuseMangled(encoding: CompressedEncoding): Refusal {
  const detail = `The ${encoding} body arrived as text with its bytes replaced: something on the way took it for text because of its content type. Send it as "content-type: application/octet-stream", with its own type in "x-weir-content-type".`;
  return { kind: 'refused', reason: 'mangled', detail };
}

function refuseBroken(encoding: CompressedEncoding, code: string | undefined, maxOpenBytes: number): Refusal {
  if (code === 'ERR_BUFFER_TOO_LARGE') return refuseTooLarge(maxOpenBytes);
  if (code === 'ZSTD_error_frameParameter_windowTooLarge') {
    const detail = 'The zstd body needs a window above 8 MB (RFC 9659). Compress it without "--long".';
    return { kind: 'refused', reason: 'corrupt', detail };
  }
  const cause =
    code === 'Z_BUF_ERROR' ? 'ends too early' : 'is damaged, or holds bytes that are not part of it';
  const detail = `The ${encoding} body ${cause}. Send it again; where it is not compressed, leave out "content-encoding".`;
  return { kind: 'refused', reason: 'corrupt', detail };
}
