import { randomInt } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { connectDynamo } from '../../lib/adapters/dynamodb/document-client.ts';
import { createDynamoKeyStore } from '../../lib/adapters/dynamodb/key-store.ts';
import { createDynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { createS3ObjectStore } from '../../lib/adapters/s3/object-store.ts';
import { createSqsMessageQueue } from '../../lib/adapters/sqs/message-queue.ts';
import { createHttpHandler } from '../../lib/runtime/http-handler.ts';
import { createInternalEvents } from '../../lib/runtime/internal-events.ts';
import { loadConfig } from '../../lib/runtime/load-config.ts';
import { Config } from './config.ts';
import { createKeyCache } from './key-cache.ts';
import { type Intake, receiveRequest } from './receive-request.ts';

const config = loadConfig(Config, process.env);
const logger = new Logger();
const metrics = new Metrics();
const connect = connectDynamo();
const keys = createDynamoKeyStore(connect, config.CONTROL_TABLE);

const intake: Intake = {
  findIngestKey: createKeyCache(keys.findIngestKey, Date.now),
  countRequest: keys.countRequest,
  ledger: createDynamoLedger(connect, config.LEDGER_TABLE),
  queue: createSqsMessageQueue(config.LOG_QUEUE_URL),
  objects: createS3ObjectStore(config.BUCKET),
  events: createInternalEvents(logger, metrics),
  maxOpenBytes: config.MAX_OPEN_BYTES,
  maxInlineBytes: config.MAX_INLINE_BYTES,
  now: Date.now,
  random: () => randomInt(2 ** 32) / 2 ** 32,
};

export const handler = createHttpHandler(logger, metrics, (request) => receiveRequest(intake, request));
