import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import * as z from 'zod';
import { createDynamoAlertStateStore } from '../../lib/adapters/dynamodb/alert-state-store.ts';
import { connectDynamo } from '../../lib/adapters/dynamodb/document-client.ts';
import { createDynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { loadRules } from '../../lib/adapters/files/load-rules.ts';
import { connectOpenSearch } from '../../lib/adapters/opensearch/client.ts';
import { createOpenSearchEventCounter } from '../../lib/adapters/opensearch/count-events.ts';
import { createSqsMessageQueue } from '../../lib/adapters/sqs/message-queue.ts';
import { createInternalEvents } from '../../lib/runtime/internal-events.ts';
import { loadConfig } from '../../lib/runtime/load-config.ts';
import { publishMetrics } from '../../lib/runtime/publish-metrics.ts';
import { Config } from './config.ts';
import { type Evaluator, evaluateRules } from './evaluate-rules.ts';
import { reportTick } from './report-tick.ts';

/** A batch is in the ledger at the latest when its request ends, this long after its receive time. */
const REQUEST_SECONDS = 30;

/** The part of a scheduled event that counts: the moment it was scheduled for, however late it comes. */
const Tick = z.object({ time: z.iso.datetime() });

const config = loadConfig(Config, process.env);
const logger = new Logger();
const metrics = new Metrics();
const events = createInternalEvents(logger, metrics);
const connect = connectDynamo();

const { WINDOW_MINUTES, ALERT_THRESHOLD } = config;
const evaluator: Evaluator = {
  rules: await loadRules(new URL('./rules.json', import.meta.url), { WINDOW_MINUTES, ALERT_THRESHOLD }),
  counter: createOpenSearchEventCounter(connectOpenSearch(config.OPENSEARCH_URL, config.AWS_REGION)),
  states: createDynamoAlertStateStore(connect, config.ALERTS_TABLE),
  ledger: createDynamoLedger(connect, config.LEDGER_TABLE),
  queue: createSqsMessageQueue(config.NOTIFY_QUEUE_URL),
  marginSeconds: config.INDEX_REFRESH_SECONDS + REQUEST_SECONDS,
};

/** Throws on failure: the tick is then delivered again, and sees the same windows. */
export const handler = middy<unknown, void>()
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .use(publishMetrics(metrics))
  .onError(({ error }) => events.failed('TICK_FAILED', error))
  .handler(async (event) => {
    const { time } = Tick.parse(event);
    reportTick({ logger, metrics, events }, await evaluateRules(evaluator, time));
  });
