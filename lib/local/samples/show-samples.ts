import { existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { connectDynamo } from '../../adapters/dynamodb/document-client.ts';
import { createDynamoLedger } from '../../adapters/dynamodb/ledger.ts';
import { createS3ObjectStore } from '../../adapters/s3/object-store.ts';
import type { LawReport } from '../../core/batch/law-report.ts';
import { awaitCondition } from '../await-condition.ts';
import type { Progress } from '../progress.ts';
import type { StackPaths } from '../stack-paths.ts';
import type { LocalStack } from '../state-file.ts';
import { sendSamples } from './send-samples.ts';

const SETTLED_TIMEOUT_SECONDS = 120;
/** The rule's own schedule ticks each minute; a delivery takes some seconds more. */
const ALERT_TIMEOUT_SECONDS = 150;
const MINUTE_MS = 60_000;

/** Sends the samples to a stack that has not seen them, waits until they are settled and the alert has come, and shows it. */
export async function showSamples(paths: StackPaths, stack: LocalStack, progress: Progress): Promise<void> {
  const done = join(paths.data, 'samples-shown');
  if (existsSync(done)) return;
  const startedAt = readFirstStart(paths);
  const sent = await progress.step(
    'Sample logs sent',
    () => sendSamples(stack, Date.now()),
    ({ byWay }) =>
      Object.entries(byWay)
        .map(([way, count]) => `${count} by ${way}`)
        .join(', '),
  );
  const report = await progress.step(
    'Sample logs settled',
    () => awaitSettled(stack, startedAt, sent.batches),
    ({ sums }) =>
      Object.entries(sums)
        .map(([name, count]) => `${name} ${count}`)
        .join(', '),
  );
  const alert = await progress.step('Sample alert received', () => awaitAlert(stack, startedAt));
  progress.say(await describeSamples(stack, report, alert));
  writeFileSync(done, '');
}

/** A killed command may have had its samples settled and its alert delivered already: they count for the next one. */
function readFirstStart(paths: StackPaths): Date {
  const file = join(paths.data, 'samples-started');
  if (!existsSync(file)) writeFileSync(file, '');
  return statSync(file).mtime;
}

async function awaitSettled(stack: LocalStack, startedAt: Date, batches: number): Promise<LawReport> {
  const ledger = createDynamoLedger(connectDynamo(), stack.tables.ledger);
  let report: LawReport | undefined;
  await awaitCondition('The sample logs are settled', SETTLED_TIMEOUT_SECONDS, async () => {
    const to = new Date(Date.now() + MINUTE_MS).toISOString();
    report = await ledger.report(startedAt.toISOString(), to);
    return report.batches >= batches && report.open.length === 0;
  });
  return report as LawReport;
}

/** Has the rules evaluated now, beside their own schedule, and waits for the message. Returns its text. */
async function awaitAlert(stack: LocalStack, startedAt: Date): Promise<string> {
  const minute = new Date(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS).toISOString();
  await new LambdaClient({}).send(
    new InvokeCommand({
      FunctionName: stack.functions['evaluate-alerts'],
      Payload: Buffer.from(JSON.stringify({ time: minute })),
    }),
  );
  let alertText: string | undefined;
  await awaitCondition('The sample alert is received', ALERT_TIMEOUT_SECONDS, async () => {
    const response = await fetch(`${stack.webhookReceiverUrl}/received`);
    const received = (await response.json()) as { receivedAt: string; verified: boolean; body: string }[];
    const alert = received.find(
      (delivery) => delivery.verified && delivery.receivedAt >= startedAt.toISOString(),
    );
    alertText = alert && (JSON.parse(alert.body) as { text: string }).text;
    return alertText !== undefined;
  });
  return alertText ?? '';
}

async function describeSamples(stack: LocalStack, { sums }: LawReport, alert: string): Promise<string> {
  const indices = await ask(stack, '/orders-*,logs-*/_search?ignore_unavailable=true', {
    size: 0,
    aggs: { index: { terms: { field: '_index', size: 20, order: { _key: 'asc' } } } },
  });
  const documents = await ask(stack, '/logs-*/_search', {
    size: 1,
    _source: [
      '@timestamp',
      'message',
      'source',
      'user_agent.name',
      'user_agent.os',
      'url.path',
      'weir.flags',
    ],
    query: {
      bool: {
        must: [
          { exists: { field: 'source.geo.country_iso_code' } },
          { exists: { field: 'user_agent.name' } },
        ],
      },
    },
  });
  const counts = indices.aggregations.index.buckets.map(
    ({ key, doc_count }) =>
      `  ${key.replace(/^\.ds-(.*)-\d+$/, '$1').padEnd(36)} ${String(doc_count).padStart(5)}`,
  );
  let objects = 0;
  for await (const _ of createS3ObjectStore(stack.bucket).list('archive/')) objects += 1;
  return [
    '',
    `Accepted ${sums.accepted} records, indexed ${sums.indexed}, archived in ${objects} objects of ${dirname(`${stack.bucket}/archive/x`)}/.`,
    'In OpenSearch:',
    ...counts,
    'One of them, with its country and browser looked up:',
    `  ${JSON.stringify(documents.hits.hits[0]?._source)}`,
    'The alert, signed, as the webhook received it:',
    `  ${alert}`,
  ].join('\n');
}

interface SearchAnswer {
  readonly hits: { readonly hits: readonly { readonly _source: unknown }[] };
  readonly aggregations: {
    readonly index: { readonly buckets: readonly { key: string; doc_count: number }[] };
  };
}

async function ask(stack: LocalStack, path: string, body: unknown): Promise<SearchAnswer> {
  const response = await fetch(`${stack.openSearchUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as SearchAnswer;
}
