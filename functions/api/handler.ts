import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { connectDynamo } from '../../lib/adapters/dynamodb/document-client.ts';
import { createDynamoKeyStore } from '../../lib/adapters/dynamodb/key-store.ts';
import { createDynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { createTokenKey } from '../../lib/adapters/jose/token-key.ts';
import { connectOpenSearch } from '../../lib/adapters/opensearch/client.ts';
import { createDomainHealth } from '../../lib/adapters/opensearch/domain-health.ts';
import { createOpenSearchEvents } from '../../lib/adapters/opensearch/search-events.ts';
import { createS3ObjectStore } from '../../lib/adapters/s3/object-store.ts';
import { createSecret } from '../../lib/adapters/secrets-manager/secret.ts';
import { createQueueHealth } from '../../lib/adapters/sqs/queue-health.ts';
import { createHttpHandler } from '../../lib/runtime/http-handler.ts';
import { createInternalEvents } from '../../lib/runtime/internal-events.ts';
import { loadConfig } from '../../lib/runtime/load-config.ts';
import { type Api, answerRequest } from './answer-request.ts';
import { answers, createHealthReport } from './check-health.ts';
import { Config } from './config.ts';
import { apiRoutes } from './routes.ts';

const config = loadConfig(Config, process.env);
const logger = new Logger();
const metrics = new Metrics();
const internalEvents = createInternalEvents(logger, metrics);
const connect = connectDynamo();
const openSearch = connectOpenSearch(config.OPENSEARCH_URL, config.AWS_REGION);
const ledger = createDynamoLedger(connect, config.LEDGER_TABLE);
const users = createDynamoKeyStore(connect, config.CONTROL_TABLE);
const objects = createS3ObjectStore(config.BUCKET);
const tokenKey = createTokenKey(createSecret(config.TOKEN_KEY_ARN).read, Date.now);

const health = createHealthReport({
  checks: [
    createDomainHealth(openSearch),
    createQueueHealth('log_queue', config.LOG_QUEUE_URL, config.LOG_DEAD_LETTER_URL),
    createQueueHealth('notify_queue', config.NOTIFY_QUEUE_URL, config.NOTIFY_DEAD_LETTER_URL),
    answers('ledger', () => ledger.find('health')),
    answers('control', () => users.findUser('health')),
    answers('bucket', () => objects.get('archive/health')),
  ],
  now: Date.now,
  failed: (error) => internalEvents.failed('HEALTH_CHECK_FAILED', error),
});

const events = createOpenSearchEvents(openSearch, config.DATED_PATTERNS);
const api: Api = {
  routes: apiRoutes({ users, tokenKey, events, ledger, health }),
  tokenKey,
  events: internalEvents,
  now: Date.now,
};

export const handler = createHttpHandler(logger, metrics, (request) => answerRequest(api, request));
