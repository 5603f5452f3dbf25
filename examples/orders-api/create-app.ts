import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChaosTurn, chaosMode, chargeCard, type createChaos } from './create-chaos.ts';
import { describeError, type Level, type Log, type LogFields } from './create-logger.ts';
import { parseOrder } from './parse-order.ts';

export interface AppParts {
  readonly log: Log;
  readonly chaos: ReturnType<typeof createChaos>;
  /** What `GET /health` says of the log delivery. */
  readonly shipping: () => { readonly buffered: number; readonly dropped: number };
}

/** What a route answers, and what is logged of it: every line carries method, path, status and latency. */
interface Reply {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly entry?: {
    readonly level: Level;
    readonly message: string;
    readonly action: string;
    readonly customer?: string;
    readonly orderId?: string;
    readonly error?: LogFields['error'];
  };
}

const LONGEST_BODY_BYTES = 64 * 1024;

/** The HTTP side of the sample application. */
export function createApp(parts: AppParts): RequestListener {
  return (request, response) => {
    void serve(parts, request, response);
  };
}

async function serve(parts: AppParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const startedMs = performance.now();
  const url = new URL(request.url ?? '/', 'http://localhost');
  const reply = await route(parts, request, url).catch(failed);
  const traceId = incomingTrace(request.headers['traceparent']) ?? randomBytes(16).toString('hex');
  response.writeHead(reply.status, {
    'content-type': 'application/json',
    'x-trace-id': traceId,
    ...reply.headers,
  });
  response.end(`${JSON.stringify(reply.body)}\n`);
  if (!reply.entry) return;
  const { level, message, action, customer, orderId, error } = reply.entry;
  parts.log(level, message, {
    event: {
      action,
      latency_ms: Math.round((performance.now() - startedMs) * 100) / 100,
      ...(customer !== undefined && { customer }),
      ...(orderId !== undefined && { order_id: orderId }),
    },
    trace: { id: traceId },
    http: { request: { method: request.method ?? 'GET' }, response: { status_code: reply.status } },
    url: { path: url.pathname },
    ...(error !== undefined && { error }),
  });
}

async function route(parts: AppParts, request: IncomingMessage, url: URL): Promise<Reply> {
  switch (url.pathname) {
    case '/orders':
      return request.method === 'POST' ? createOrder(request) : notAllowed('POST');
    case '/chaos':
      return runChaos(parts.chaos, url.searchParams.get('mode'));
    case '/health':
      return request.method === 'GET'
        ? { status: 200, body: { status: 'ok', logs: parts.shipping() } }
        : notAllowed('GET');
    default:
      return { status: 404, body: { error: 'There are POST /orders, GET /chaos and GET /health.' } };
  }
}

async function createOrder(request: IncomingMessage): Promise<Reply> {
  const body = await readBody(request);
  const order =
    body === undefined
      ? ({ kind: 'invalid', problem: `The body is longer than ${LONGEST_BODY_BYTES} bytes.` } as const)
      : parseOrder(body);
  if (order.kind === 'invalid') {
    return {
      status: body === undefined ? 413 : 400,
      body: { error: order.problem },
      entry: { level: 'WARN', message: `order rejected: ${order.problem}`, action: 'order_rejected' },
    };
  }
  const orderId = randomUUID();
  return {
    status: 201,
    body: { order_id: orderId, customer: order.customer, total: order.total },
    headers: { location: `/orders/${orderId}` },
    entry: {
      level: 'INFO',
      message: `order of ${order.total.toFixed(2)} accepted`,
      action: 'order_created',
      customer: order.customer,
      orderId,
    },
  };
}

async function runChaos(chaos: AppParts['chaos'], text: string | null): Promise<Reply> {
  const forced = chaosMode(text);
  if (text !== null && forced === undefined) {
    return { status: 400, body: { error: '"mode" must be ok, slow, error or exception.' } };
  }
  const turn = chaos(forced);
  await sleep(turn.delayMs);
  return chaosReply(turn);
}

function chaosReply(turn: ChaosTurn): Reply {
  const { mode } = turn;
  switch (mode) {
    case 'exception':
      return chargeCard(randomUUID());
    case 'error':
      return {
        status: 503,
        body: { mode, error: 'The inventory service does not answer.' },
        entry: { level: 'ERROR', message: 'inventory service answered 503', action: 'inventory_failed' },
      };
    case 'slow':
      return {
        status: 200,
        body: turn,
        entry: { level: 'WARN', message: `slow query: ${turn.delayMs} ms`, action: 'query_slow' },
      };
    case 'ok':
      return {
        status: 200,
        body: turn,
        entry: { level: 'INFO', message: 'all quiet', action: 'chaos_passed' },
      };
  }
}

function failed(error: unknown): Reply {
  return {
    status: 500,
    body: { error: 'Something broke; the log has the details.' },
    entry: {
      level: 'ERROR',
      message: error instanceof Error ? error.message : 'unknown failure',
      action: 'request_failed',
      error: describeError(error),
    },
  };
}

function notAllowed(method: string): Reply {
  return { status: 405, body: { error: `Use ${method}.` }, headers: { allow: method } };
}

/** The body as text, or undefined where it is too long: the rest is read too, so that the client gets its answer. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= LONGEST_BODY_BYTES) chunks.push(chunk);
  }
  return bytes <= LONGEST_BODY_BYTES ? Buffer.concat(chunks).toString('utf8') : undefined;
}

/** The trace id of a `traceparent` header (W3C Trace Context, version 00). */
function incomingTrace(header: string | string[] | undefined): string | undefined {
  return /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(String(header))?.[1];
}
