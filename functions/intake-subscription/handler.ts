import { randomInt } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import type { CloudWatchLogsEvent } from 'aws-lambda';
import { connectDynamo } from '../../lib/adapters/dynamodb/document-client.ts';
import { createDynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { createS3ObjectStore } from '../../lib/adapters/s3/object-store.ts';
import { createSqsMessageQueue } from '../../lib/adapters/sqs/message-queue.ts';
import { createInternalEvents } from '../../lib/runtime/internal-events.ts';
import { loadConfig } from '../../lib/runtime/load-config.ts';
import { publishMetrics } from '../../lib/runtime/publish-metrics.ts';
import { acceptSubscription, type SubscriptionIntake } from './accept-subscription.ts';
import { Config } from './config.ts';

const config = loadConfig(Config, process.env);
const logger = new Logger();
const metrics = new Metrics();
const events = createInternalEvents(logger, metrics);

const intake: SubscriptionIntake = {
  ledger: createDynamoLedger(connectDynamo(), config.LEDGER_TABLE),
  queue: createSqsMessageQueue(config.LOG_QUEUE_URL),
  objects: createS3ObjectStore(config.BUCKET),
  events,
  maxOpenBytes: config.MAX_OPEN_BYTES,
  maxInlineBytes: config.MAX_INLINE_BYTES,
  now: Date.now,
  random: () => randomInt(2 ** 32) / 2 ** 32,
};

/** Throws on failure: Lambda then delivers the event again. */
export const handler = middy<CloudWatchLogsEvent, void>()
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .use(publishMetrics(metrics))
  .onError(({ error }) => events.failed('SUBSCRIPTION_FAILED', error))
  .handler(async (event) => acceptSubscription(intake, event.awslogs.data));
