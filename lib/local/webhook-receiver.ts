/**
 * A webhook receiver for trying alerts: `node webhook-receiver.ts PORT SECRET_FILE RECEIVED_FILE [ADDRESS]`.
 * POST anywhere is a delivery: checked, appended to RECEIVED_FILE (NDJSON) and answered with 204, or 401 where its
 * signature is wrong. GET /received lists the deliveries. POST /answer {"status":503} sets what the next deliveries
 * are answered with; {"status":204} ends it.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { findWebhookFault } from './verify-webhook.ts';

const NO_CONTENT = 204;
const UNAUTHORIZED = 401;

const [port, secretFile, receivedFile, address = '127.0.0.1'] = process.argv.slice(2);
if (!port || !secretFile || !receivedFile) {
  throw new Error('Usage: webhook-receiver.ts PORT SECRET_FILE RECEIVED_FILE [ADDRESS]');
}
const files = { secret: secretFile, received: receivedFile };
let answerStatus = NO_CONTENT;

createServer((request, response) => {
  answer(request, response).catch(() => response.writeHead(400).end());
}).listen(Number(port), address);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'application/json' }).end(`[${readReceived().join(',')}]`);
  } else if (request.url === '/answer') {
    answerStatus = readStatus(body);
    response.writeHead(NO_CONTENT).end();
  } else {
    response.writeHead(receive(request, body)).end();
  }
}

function receive(request: IncomingMessage, body: string): number {
  const headers = {
    id: header(request, 'webhook-id'),
    timestamp: header(request, 'webhook-timestamp'),
    signature: header(request, 'webhook-signature'),
  };
  const now = new Date();
  const fault = findWebhookFault(
    headers,
    body,
    readFileSync(files.secret, 'utf8').trim(),
    now.getTime() / 1000,
  );
  const answered = answerStatus === NO_CONTENT && fault !== undefined ? UNAUTHORIZED : answerStatus;
  const delivery = {
    receivedAt: now.toISOString(),
    path: request.url,
    id: headers.id,
    verified: fault === undefined,
    ...(fault === undefined ? {} : { fault }),
    answered,
    body,
  };
  appendFileSync(files.received, `${JSON.stringify(delivery)}\n`);
  return answered;
}

function readReceived(): readonly string[] {
  if (!existsSync(files.received)) return [];
  return readFileSync(files.received, 'utf8')
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '');
}

function readStatus(body: string): number {
  const { status } = JSON.parse(body) as { status?: unknown };
  if (!Number.isInteger(status) || Number(status) < 200 || Number(status) > 599)
    throw new RangeError('status');
  return Number(status);
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
