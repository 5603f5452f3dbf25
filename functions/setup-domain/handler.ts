import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { cloudFormationCallback } from '../../lib/adapters/cloudformation/deployment-callback.ts';
import { connectOpenSearch } from '../../lib/adapters/opensearch/client.ts';
import { createOpenSearchSetup } from '../../lib/adapters/opensearch/templates.ts';
import { DeploymentRequest } from '../../lib/core/setup/deployment-request.ts';
import { loadConfig } from '../../lib/runtime/load-config.ts';
import { answerDeployment } from './answer-deployment.ts';
import { Config } from './config.ts';

/** Kept free at the end of the invocation for the answer and its retries. */
const ANSWER_MS = 20_000;

const config = loadConfig(Config, process.env);
const logger = new Logger();
const dependencies = {
  domain: createOpenSearchSetup(connectOpenSearch(config.OPENSEARCH_URL, config.AWS_REGION)),
  callback: cloudFormationCallback,
  refreshSeconds: config.INDEX_REFRESH_SECONDS,
  replicas: config.INDEX_REPLICAS,
  now: Date.now,
  sleep: async (ms: number) => sleep(ms),
};

/** Backs the stack's custom resource: brings the domain's templates up to date on every deployment. */
export const handler = middy(async (event: unknown, context: Context) => {
  const deadline = Date.now() + context.getRemainingTimeInMillis() - ANSWER_MS;
  const answered = await answerDeployment(dependencies, DeploymentRequest.parse(event), deadline);
  logger.info('DOMAIN_SET_UP', { ...answered });
}).use(injectLambdaContext(logger));
