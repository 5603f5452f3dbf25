import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import { createDynamoBreaker } from '../../lib/adapters/dynamodb/breaker.ts';
import { connectDynamo } from '../../lib/adapters/dynamodb/document-client.ts';
import { createDynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { connectOpenSearch } from '../../lib/adapters/opensearch/client.ts';
import { createDomainHealth } from '../../lib/adapters/opensearch/domain-health.ts';
import { createOpenSearchEventIndex } from '../../lib/adapters/opensearch/event-index.ts';
import { createS3ObjectStore } from '../../lib/adapters/s3/object-store.ts';
import { createInternalEvents } from '../../lib/runtime/internal-events.ts';
import { loadConfig } from '../../lib/runtime/load-config.ts';
import { publishMetrics } from '../../lib/runtime/publish-metrics.ts';
import { Config } from './config.ts';
import { type Recovering, recoverBatches } from './recover-batches.ts';

/** Kept of the invocation's time for archive and ledger once the index stops being tried. */
const SETTLE_MS = 15_000;

const config = loadConfig(Config, process.env);
const logger = new Logger();
const metrics = new Metrics();
const events = createInternalEvents(logger, metrics);
const connectTable = connectDynamo();
const connectDomain = connectOpenSearch(config.OPENSEARCH_URL, config.AWS_REGION);

const recovering: Recovering = {
  breaker: createDynamoBreaker(connectTable, config.CONTROL_TABLE),
  domain: createDomainHealth(connectDomain),
  ledger: createDynamoLedger(connectTable, config.LEDGER_TABLE),
  objects: createS3ObjectStore(config.BUCKET),
  index: createOpenSearchEventIndex({ connect: connectDomain, now: Date.now, random: Math.random, sleep }),
  events,
  now: Date.now,
  archiveCompression: config.ARCHIVE_COMPRESSION,
  maxUnparkBytes: config.MAX_UNPARK_BYTES,
};

/** Throws on failure: the next run, a minute later, goes on from what is there. */
export const handler = middy<unknown, void>()
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .use(publishMetrics(metrics))
  .onError(({ error }) => events.failed('RECOVERY_FAILED', error))
  .handler((_event, context) =>
    recoverBatches(recovering, Date.now() + context.getRemainingTimeInMillis() - SETTLE_MS),
  );
