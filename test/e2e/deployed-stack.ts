import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { Client } from '@opensearch-project/opensearch';
import { vi } from 'vitest';
import { connectDynamo } from '../../lib/adapters/dynamodb/document-client.ts';
import { createDynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { createS3ObjectStore } from '../../lib/adapters/s3/object-store.ts';
import { type ArchivedEvent, unpackArchive } from '../../lib/core/archive/archive-file.ts';
import type { LawReport } from '../../lib/core/batch/law-report.ts';
import { stackPaths } from '../../lib/local/stack-paths.ts';
import { type LocalStack, readLocalStack } from '../../lib/local/state-file.ts';
import { requireEnvironment } from '../support/require-environment.ts';

const POLL_MS = 250;

/** The stack under test, as `cdk` deployed it. */
export function openStack(): LocalStack {
  const stack = readLocalStack(stackPaths(requireEnvironment('WEIR_HOME')));
  if (stack === undefined) throw new Error('WEIR_HOME holds no running stack');
  return stack;
}

/** Posts a body to the intake; `headers` are added to the key. */
export function post(
  stack: LocalStack,
  source: string,
  body: Buffer | string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${stack.intakeUrl}/ingest/${source}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${stack.ingestKey}`,
      'content-type': 'application/x-ndjson',
      ...headers,
    },
    body: new Uint8Array(Buffer.from(body)),
  });
}

/** Posts a body compressed and labelled as such. */
export function postGzip(
  stack: LocalStack,
  source: string,
  body: Buffer | string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return post(stack, source, gzipSync(body), { 'content-encoding': 'gzip', ...headers });
}

/** Waits until everything received since `from` (ISO 8601) is settled, `batches` of it at least. */
export function awaitSettled(
  stack: LocalStack,
  from: string,
  batches: number,
  timeoutSeconds: number,
): Promise<LawReport> {
  const ledger = createDynamoLedger(connectDynamo(), stack.tables.ledger);
  return vi.waitFor(
    async () => {
      const report = await ledger.report(from, new Date(Date.now() + 60_000).toISOString());
      if (report.batches < batches || report.open.length > 0) {
        throw new Error(`${report.batches} of ${batches} batches, ${report.open.length} of them open`);
      }
      return report;
    },
    { timeout: timeoutSeconds * 1000, interval: POLL_MS },
  );
}

/** Every document of the indices that matches, by id, with what `source` names of it. */
export async function readDocuments(
  stack: LocalStack,
  index: string,
  source: string[],
  query: Record<string, unknown> = { match_all: {} },
): Promise<Map<string, Record<string, unknown>>> {
  const client = new Client({ node: stack.openSearchUrl });
  await client.indices.refresh({ index });
  const documents = new Map<string, Record<string, unknown>>();
  let after: unknown[] | undefined;
  for (;;) {
    const { body } = await client.search({
      index,
      size: 5_000,
      _source: source,
      body: { query, sort: [{ 'event.id': 'asc' }], ...(after === undefined ? {} : { search_after: after }) },
    } as Parameters<Client['search']>[0]);
    const { hits } = body.hits;
    for (const hit of hits) documents.set(String(hit._id), hit._source as Record<string, unknown>);
    after = hits.at(-1)?.sort as unknown[] | undefined;
    if (after === undefined) return documents;
  }
}

/** Every archived event of the indices whose names begin with `index`, repeats included. */
export async function readArchive(stack: LocalStack, index: string): Promise<ArchivedEvent[]> {
  const store = createS3ObjectStore(stack.bucket);
  const events: ArchivedEvent[] = [];
  for await (const { key } of store.list(`archive/index=${index}`)) {
    for (const event of unpackArchive(key, (await store.get(key)) ?? Buffer.alloc(0))) events.push(event);
  }
  return events;
}

/** Invokes a function of the stack by the name of its folder. Returns what it answered. */
export async function invoke(stack: LocalStack, name: string, event: unknown): Promise<unknown> {
  const { Payload, FunctionError } = await new LambdaClient({}).send(
    new InvokeCommand({ FunctionName: stack.functions[name], Payload: Buffer.from(JSON.stringify(event)) }),
  );
  const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString() || 'null');
  if (FunctionError !== undefined) throw new Error(`${name} failed: ${JSON.stringify(answer)}`);
  return answer;
}

/** The processes of this very stack in which the emulator runs a function. */
export function functionProcesses(stack: LocalStack, name: string): number[] {
  const { data } = stackPaths(requireEnvironment('WEIR_HOME'));
  const place = `${data}/emulator/ministack-lambda-${stack.functions[name]}-`;
  const listing = execFileSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8' });
  return listing
    .split('\n')
    .filter((line) => line.includes(place))
    .map((line) => Number.parseInt(line, 10));
}
