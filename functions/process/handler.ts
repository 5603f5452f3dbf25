import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createDynamoBreaker } from '../../lib/adapters/dynamodb/breaker.ts';
import { connectDynamo } from '../../lib/adapters/dynamodb/document-client.ts';
import { createDynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { loadUserAgents } from '../../lib/adapters/files/load-user-agents.ts';
import { readCompiledPipelines } from '../../lib/adapters/files/read-compiled-pipelines.ts';
import { openGeoDatabase } from '../../lib/adapters/maxmind/geo-database.ts';
import { connectOpenSearch } from '../../lib/adapters/opensearch/client.ts';
import { createOpenSearchEventIndex } from '../../lib/adapters/opensearch/event-index.ts';
import { createS3ObjectStore } from '../../lib/adapters/s3/object-store.ts';
import { compilePipelines } from '../../lib/core/pipeline/compile-pipelines.ts';
import { createInternalEvents } from '../../lib/runtime/internal-events.ts';
import { loadConfig } from '../../lib/runtime/load-config.ts';
import { publishMetrics } from '../../lib/runtime/publish-metrics.ts';
import { Config } from './config.ts';
import { type Processing, processBatches } from './process-batches.ts';
import { toDeliveredMessage } from './sqs-message.ts';

/** Kept of the invocation's time for archive, ledger and answer once the index stops being tried. */
const SETTLE_MS = 20_000;

const config = loadConfig(Config, process.env);
const logger = new Logger();
const metrics = new Metrics();
const events = createInternalEvents(logger, metrics);
const report = (reason: string): void => events.failed('DATABASE_UNREADABLE', reason);

const connect = connectDynamo();

const processing: Processing = {
  objects: createS3ObjectStore(config.BUCKET),
  ledger: createDynamoLedger(connect, config.LEDGER_TABLE),
  breaker: createDynamoBreaker(connect, config.CONTROL_TABLE),
  index: createOpenSearchEventIndex({
    connect: connectOpenSearch(config.OPENSEARCH_URL, config.AWS_REGION),
    now: Date.now,
    random: Math.random,
    sleep,
  }),
  pipelines: compilePipelines(readCompiledPipelines(new URL('./pipelines.json', import.meta.url)), {
    geo: openGeoDatabase(new URL('./geo-country.mmdb', import.meta.url), report),
    userAgent: loadUserAgents(new URL('./user-agents.json', import.meta.url), report),
  }),
  events,
  now: Date.now,
  maxOpenBytes: config.MAX_OPEN_BYTES,
  archiveCompression: config.ARCHIVE_COMPRESSION,
};

export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .use(publishMetrics(metrics))
  .handler(async (event, context) => {
    const deadlineMs = Date.now() + context.getRemainingTimeInMillis() - SETTLE_MS;
    const failed = await processBatches(processing, event.Records.map(toDeliveredMessage), deadlineMs);
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  });
