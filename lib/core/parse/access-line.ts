/** The parts of a line in the common or combined access log format; `-` stands for an unknown part, as it was written. */
export interface AccessLine {
  /** The client, or a comma list of the addresses that the request came through. */
  readonly client: string;
  readonly user: string;
  readonly time: string;
  readonly request: string;
  readonly status: string;
  readonly bytes: string;
  readonly referrer: string;
  readonly agent: string;
  /** A third quoted part, which nginx's `main` format uses for `X-Forwarded-For`. */
  readonly forwarded: string;
}

const STATUS_DIGITS = 3;

/**
 * Reads a line of Apache's or nginx's common or combined format, in one pass from left to right. Undefined where the line
 * is not one. Quotes inside of quoted parts may be escaped by a backslash.
 */
export function readAccessLine(line: string): AccessLine | undefined {
  const timeStart = line.indexOf(' [');
  const timeEnd = line.indexOf('] "', timeStart);
  if (timeStart < 0 || timeEnd < 0) return undefined;
  const who = readWho(line.slice(0, timeStart));
  const request = readQuoted(line, timeEnd + 2);
  if (who === undefined || request === undefined) return undefined;
  const numbers = readNumbers(line, request.end);
  if (numbers === undefined) return undefined;
  const referrer = readQuoted(line, numbers.end + 1);
  const agent = referrer && readQuoted(line, referrer.end + 1);
  const forwarded = agent && readQuoted(line, agent.end + 1);
  return {
    client: who.client,
    user: who.user,
    time: line.slice(timeStart + 2, timeEnd),
    request: request.text,
    status: numbers.status,
    bytes: numbers.bytes,
    referrer: referrer?.text ?? '-',
    agent: agent?.text ?? '-',
    forwarded: forwarded?.text ?? '-',
  };
}

/** `client ident user`: the client may be a list with blanks behind its commas, the user may hold blanks. */
function readWho(text: string): { client: string; user: string } | undefined {
  let clientEnd = text.indexOf(' ');
  while (clientEnd > 0 && text.charAt(clientEnd - 1) === ',') clientEnd = text.indexOf(' ', clientEnd + 1);
  const identEnd = clientEnd > 0 ? text.indexOf(' ', clientEnd + 1) : -1;
  if (identEnd < 0) return undefined;
  return { client: text.slice(0, clientEnd), user: text.slice(identEnd + 1) };
}

/** ` status bytes` behind the request. */
function readNumbers(line: string, at: number): { status: string; bytes: string; end: number } | undefined {
  const statusEnd = at + 1 + STATUS_DIGITS;
  const status = line.slice(at + 1, statusEnd);
  if (line.charAt(at) !== ' ' || !/^[1-9]\d\d$/.test(status) || line.charAt(statusEnd) !== ' ')
    return undefined;
  const blank = line.indexOf(' ', statusEnd + 1);
  const end = blank < 0 ? line.length : blank;
  const bytes = line.slice(statusEnd + 1, end);
  return /^(\d{1,15}|-)$/.test(bytes) ? { status, bytes, end } : undefined;
}

/** The quoted part that opens at `at`; `end` is behind its closing quote. */
function readQuoted(line: string, at: number): { text: string; end: number } | undefined {
  if (line.charAt(at) !== '"') return undefined;
  let close = line.indexOf('"', at + 1);
  while (close > 0 && isEscaped(line, at, close)) close = line.indexOf('"', close + 1);
  return close < 0 ? undefined : { text: line.slice(at + 1, close), end: close + 1 };
}

function isEscaped(line: string, open: number, quote: number): boolean {
  let slashes = 0;
  while (quote - 1 - slashes > open && line.charAt(quote - 1 - slashes) === '\\') slashes += 1;
  return slashes % 2 === 1;
}
