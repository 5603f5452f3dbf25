import { Validations } from 'aws-cdk-lib';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Config as ApiConfig } from '../../../functions/api/config.ts';
import { type FunctionEnvironment, HouseFunction } from '../constructs/house-function.ts';
import type { LogDomain } from '../constructs/log-domain.ts';
import type { QueueWithDeadLetters } from '../constructs/queue-with-dead-letters.ts';
import type { StorageStack } from './storage-stack.ts';
import { WeirStack, type WeirStackProps } from './weir-stack.ts';

const API_SECONDS = 30;

export interface ApiStackProps extends WeirStackProps {
  readonly storage: StorageStack;
  readonly domain: LogDomain;
  readonly logQueue: QueueWithDeadLetters;
  readonly notifyQueue: QueueWithDeadLetters;
}

/** The REST API and the console. */
export class ApiStack extends WeirStack {
  constructor(scope: Construct, props: ApiStackProps) {
    super(scope, 'Api', props);
    const { storage, domain, logQueue, notifyQueue } = props;
    const { logs, tables } = storage;
    const tokenKey = this.#createTokenKey();
    const api = new HouseFunction(this, 'Api', {
      ...props,
      functionName: 'api',
      description: 'REST API and console',
      timeoutSeconds: API_SECONDS,
      environment: {
        DATED_PATTERNS: props.datedPatterns.join(','),
        OPENSEARCH_URL: domain.url,
        BUCKET: logs.bucket.bucketName,
        LEDGER_TABLE: tables.ledger.tableName,
        CONTROL_TABLE: tables.control.tableName,
        LOG_QUEUE_URL: logQueue.queue.queueUrl,
        NOTIFY_QUEUE_URL: notifyQueue.queue.queueUrl,
        LOG_DEAD_LETTER_URL: logQueue.deadLetters.queueUrl,
        NOTIFY_DEAD_LETTER_URL: notifyQueue.deadLetters.queueUrl,
        TOKEN_KEY_ARN: tokenKey.secretArn,
      } satisfies FunctionEnvironment<typeof ApiConfig>,
    });
    this.#allowReading(api, props);
    api.allow(['secretsmanager:GetSecretValue'], tokenKey.secretArn);
    const url = api.lambda.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
    this.publish({
      ApiUrl: url.url,
      ApiFunctionName: api.lambda.functionName,
      TokenKeyArn: tokenKey.secretArn,
    });
  }

  #allowReading(api: HouseFunction, { storage, domain, logQueue, notifyQueue }: ApiStackProps): void {
    const { logs, tables } = storage;
    const { ledger, control } = tables;
    api.allow(['dynamodb:GetItem'], ledger.tableArn);
    api.allow(['dynamodb:Query'], `${ledger.tableArn}/index/by_hour`);
    api.allowPartition(['dynamodb:GetItem'], control.tableArn, 'user');
    api.allowPartition(['dynamodb:UpdateItem'], control.tableArn, 'rate#*');
    api.allow(['s3:ListBucket'], logs.bucket.bucketArn);
    api.allowUnder(
      ['s3:GetObject'],
      logs.arnUnder('archive/'),
      'Each settled batch is an object of its own.',
    );
    const queues = [logQueue, notifyQueue].flatMap(({ queue, deadLetters }) => [queue, deadLetters]);
    api.allow(['sqs:GetQueueAttributes'], ...queues.map(({ queueArn }) => queueArn));
    domain.allow(api, 'Get', 'Post');
  }

  /** Holds nothing usable until `weir keys` has written an Ed25519 key into it. */
  #createTokenKey(): Secret {
    const secret = new Secret(this, 'TokenKey', { description: 'Signs the sessions of users' });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'It holds a key pair that `weir keys` makes and replaces; a new one ends every session.',
    });
    return secret;
  }
}
