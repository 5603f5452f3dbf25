import { randomInt } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createDynamoDeliveryLog } from '../../lib/adapters/dynamodb/delivery-log.ts';
import { connectDynamo } from '../../lib/adapters/dynamodb/document-client.ts';
import { createHttpNotifier } from '../../lib/adapters/http/post-webhook.ts';
import { createSecret } from '../../lib/adapters/secrets-manager/secret.ts';
import { createSqsMessageQueue } from '../../lib/adapters/sqs/message-queue.ts';
import { createAddressPolicy } from '../../lib/core/notify/address-policy.ts';
import { parseWebhookSecret } from '../../lib/core/notify/webhook/sign.ts';
import { createInternalEvents } from '../../lib/runtime/internal-events.ts';
import { loadConfig } from '../../lib/runtime/load-config.ts';
import { publishMetrics } from '../../lib/runtime/publish-metrics.ts';
import { Config } from './config.ts';
import { deliverBatch } from './deliver-batch.ts';
import { type Courier, deliverNotification } from './deliver-notification.ts';
import { reportDelivery } from './report-delivery.ts';

const config = loadConfig(Config, process.env);
const logger = new Logger();
const metrics = new Metrics();
const events = createInternalEvents(logger, metrics);
const secret = createSecret(config.WEBHOOK_SECRET_ARN);

const courier: Courier = {
  log: createDynamoDeliveryLog(connectDynamo(), config.ALERTS_TABLE),
  notifier: createHttpNotifier({ policy: createAddressPolicy(config.ALLOWED_PRIVATE_CIDRS) }),
  queue: createSqsMessageQueue(config.NOTIFY_QUEUE_URL),
  channels: { webhook: config.ALERT_WEBHOOK },
  secret: async () => parseWebhookSecret(await secret.read()),
  retrySeconds: config.RETRY_SECONDS,
  now: Date.now,
  random: () => randomInt(2 ** 32) / 2 ** 32,
};

export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .use(publishMetrics(metrics))
  .handler(async ({ Records }) =>
    deliverBatch(
      Records,
      async (body) => reportDelivery(logger, metrics, await deliverNotification(courier, body)),
      (error) => events.failed('NOTIFICATION_FAILED', error),
    ),
  );
