import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import { createCloudWatchLogGroups } from '../../lib/adapters/cloudwatch-logs/log-groups.ts';
import { createInternalEvents } from '../../lib/runtime/internal-events.ts';
import { loadConfig } from '../../lib/runtime/load-config.ts';
import { publishMetrics } from '../../lib/runtime/publish-metrics.ts';
import { Config } from './config.ts';
import { readTrigger } from './read-trigger.ts';
import { reportRun } from './report-run.ts';
import { type Subscriber, subscribeLogGroups } from './subscribe-log-groups.ts';

const config = loadConfig(Config, process.env);
const logger = new Logger();
const metrics = new Metrics();
const events = createInternalEvents(logger, metrics);

const subscriber: Subscriber = {
  groups: createCloudWatchLogGroups(),
  settings: {
    filter: { name: config.FILTER_NAME, pattern: '', destinationArn: config.SUBSCRIPTION_FUNCTION_ARN },
    prefixes: config.SUBSCRIBE_PREFIXES,
    tag: config.SUBSCRIBE_TAG,
    exclude: config.SUBSCRIBE_EXCLUDE,
    ownPrefix: config.OWN_PREFIX,
  },
};

/** Throws on failure: the event is then delivered again, and finds the same log groups up. */
export const handler = middy<unknown, void>()
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .use(publishMetrics(metrics))
  .onError(({ error }) => events.failed('SUBSCRIPTION_FAILED', error))
  .handler(async (event) => {
    reportRun({ logger, metrics, events }, await subscribeLogGroups(subscriber, readTrigger(event)));
  });
