import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

export interface ReceivedBatch {
  readonly path: string;
  readonly authorization: string;
  readonly key: string;
  readonly lines: readonly string[];
  readonly atMs: number;
}

/** Decides the answer to the n-th request (from 0); a promise holds it back, `hang-up` cuts the connection. */
type Answer = (request: number) => Told | Promise<Told>;
type Told = number | 'hang-up' | { readonly status: number; readonly retryAfter?: string };

export interface TestIntake extends AsyncDisposable {
  readonly url: string;
  /** Every request, the refused ones too. */
  readonly received: readonly ReceivedBatch[];
  /** Lines as Weir would hold them: of answered-with-202 requests, one per Idempotency-Key. */
  stored(): readonly string[];
}

/** Starts an intake on a free loopback port that takes gzip NDJSON and answers as told (202 by default). */
export async function startTestIntake(answer: Answer = () => 202, port = 0): Promise<TestIntake> {
  const received: ReceivedBatch[] = [];
  const accepted = new Map<string, readonly string[]>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = gunzipSync(Buffer.concat(chunks)).toString('utf8');
    const batch = {
      path: request.url ?? '',
      authorization: String(request.headers['authorization']),
      key: String(request.headers['idempotency-key']),
      lines: text.trimEnd().split('\n'),
      atMs: Date.now(),
    };
    received.push(batch);
    const told = await answer(received.length - 1);
    if (told === 'hang-up') return void request.socket.destroy();
    const { status, retryAfter } = typeof told === 'number' ? { status: told, retryAfter: undefined } : told;
    if (status === 202) accepted.set(batch.key, batch.lines);
    if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    stored: () => [...accepted.values()].flat(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
