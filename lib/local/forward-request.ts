import {
  type Agent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import { pipeline } from 'node:stream/promises';

/** Where a door leads: a function URL of the emulator. */
export interface Destination {
  readonly emulatorUrl: string;
  /** The host name of the function URL; it never resolves, the emulator only reads it. */
  readonly host: string;
}

/** Content types whose bodies reach a function as text: what is compressed would arrive broken. */
const TEXT_TYPE = /^\s*(text\/|application\/(json|xml|javascript)\s*(;|$))/i;
const HOP_BY_HOP = ['connection', 'expect', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade'];

/** Sends one request on as it came, streaming both ways; answers 503 where the emulator cannot be reached. */
export async function forwardRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  destination: Destination,
  agent: Agent,
): Promise<void> {
  const onward = request(new URL(onwardPath(incoming.url ?? '/'), destination.emulatorUrl), {
    method: incoming.method,
    headers: forwardedHeaders(incoming.headers, destination.host),
    agent,
  });
  onward.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.headers));
    pipeline(answer, outgoing).catch(() => outgoing.destroy());
  });
  onward.on('error', () => refuse(outgoing));
  outgoing.on('close', () => onward.destroy());
  await pipeline(incoming, onward).catch(() => onward.destroy());
}

/** The headers that a function behind a function URL would see, with compressed bodies labelled as bytes. */
export function forwardedHeaders(headers: IncomingHttpHeaders, host: string): IncomingHttpHeaders {
  const kept = endToEnd(headers);
  const type = headers['content-type'];
  const encoding = headers['content-encoding']?.trim().toLowerCase();
  const isCompressed = encoding !== undefined && encoding !== '' && encoding !== 'identity';
  if (type === undefined || !isCompressed || !TEXT_TYPE.test(type)) return { ...kept, host };
  return { ...kept, host, 'content-type': 'application/octet-stream', 'x-weir-content-type': type };
}

/** The emulator answers `/health` itself, whatever the host; with a slash at its end it reaches the function. */
function onwardPath(path: string): string {
  return path.replace(/^\/health(?=$|\?)/, '/health/');
}

function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name)));
}

function refuse(outgoing: ServerResponse): void {
  if (outgoing.headersSent) return void outgoing.destroy();
  const problem = {
    type: 'about:blank',
    title: 'Service Unavailable',
    status: 503,
    detail: 'The local AWS emulator does not answer. Run `npm run up` and send the request again.',
  };
  outgoing
    .writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '5' })
    .end(JSON.stringify(problem));
}
