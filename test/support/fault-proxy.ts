import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the proxy does with one request, instead of or after passing it on. */
export type Disturbance =
  | { readonly kind: 'answer'; readonly status: number }
  /** Passes the request on, and loses the answer. */
  | { readonly kind: 'hang-up' }
  /** Passes the request on, and cuts the answer short. */
  | { readonly kind: 'truncate' };

/** Chooses a disturbance for a request by its number (from 1), path and body. */
export type Disturb = (number: number, path: string, body: Buffer) => Disturbance | undefined;

/** A loopback proxy before a real server that fails as networks and clusters do. */
export interface FaultProxy {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a proxy for `target` (an http URL without a path) on a free port. */
export async function startFaultProxy(target: string, disturb: Disturb): Promise<FaultProxy> {
  let count = 0;
  const server = createServer((incoming, outgoing) => {
    void readBody(incoming).then((body) => {
      count += 1;
      const disturbance = disturb(count, incoming.url ?? '/', body);
      if (disturbance?.kind === 'answer') outgoing.writeHead(disturbance.status).end('{}');
      else passOn(target, incoming, body, outgoing, disturbance);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => closeServer(server) };
}

function passOn(
  target: string,
  incoming: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
  disturbance: Disturbance | undefined,
): void {
  const { method, headers, url } = incoming;
  const forwarded = request(new URL(url ?? '/', target), { method, headers }, (answer) => {
    void readBody(answer).then((answerBody) => {
      if (disturbance?.kind === 'hang-up') {
        outgoing.destroy();
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, { 'content-type': 'application/json' });
      if (disturbance?.kind !== 'truncate') {
        outgoing.end(answerBody);
        return;
      }
      outgoing.end(answerBody.subarray(0, answerBody.length / 2));
    });
  });
  forwarded.on('error', () => outgoing.destroy());
  forwarded.end(body);
}

async function readBody(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
