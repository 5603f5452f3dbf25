import { Aws, Duration, Validations } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Config as IntakeConfig } from '../../../functions/intake/config.ts';
import type { Config as SubscriptionConfig } from '../../../functions/intake-subscription/config.ts';
import type { Config as ProcessConfig } from '../../../functions/process/config.ts';
import { type FunctionEnvironment, HouseFunction } from '../constructs/house-function.ts';
import type { LogDomain } from '../constructs/log-domain.ts';
import { QueueWithDeadLetters } from '../constructs/queue-with-dead-letters.ts';
import { MESSAGE_DAYS } from '../stage/stage-config.ts';
import type { StorageStack } from './storage-stack.ts';
import { WeirStack, type WeirStackProps } from './weir-stack.ts';

/** The most that a body may open to: 64 MiB. */
const MAX_OPEN_BYTES = '67108864';
/** The largest body that travels inside its message; Lambda takes 6 MB of messages at once. */
const MAX_INLINE_BYTES = '180000';
const INTAKE_SECONDS = 30;
const SUBSCRIPTION_SECONDS = 60;

export interface IngestStackProps extends WeirStackProps {
  readonly storage: StorageStack;
  readonly domain: LogDomain;
}

/** From a request, a subscription or a bare message to the index and the archive. */
export class IngestStack extends WeirStack {
  readonly logQueue: QueueWithDeadLetters;
  readonly subscriptionFailures: Queue;
  readonly subscription: HouseFunction;
  readonly process: HouseFunction;

  constructor(scope: Construct, props: IngestStackProps) {
    super(scope, 'Ingest', props);
    this.logQueue = new QueueWithDeadLetters(this, 'LogQueue', {
      ...props.stage.logQueue,
      tlsOnly: props.stage.tlsOnly,
    });
    this.subscriptionFailures = this.#createSubscriptionFailures(props);
    const intake = this.#createIntake(props);
    const url = intake.lambda.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
    this.subscription = this.#createSubscription(props);
    this.process = this.#createProcess(props);
    this.publish({
      IntakeUrl: url.url,
      IntakeFunctionName: intake.lambda.functionName,
      SubscriptionFunctionArn: this.subscription.lambda.functionArn,
      ProcessFunctionName: this.process.lambda.functionName,
      LogQueueUrl: this.logQueue.queue.queueUrl,
      LogDeadLetterUrl: this.logQueue.deadLetters.queueUrl,
    });
  }

  #createIntake(props: IngestStackProps): HouseFunction {
    const { logs, tables } = props.storage;
    const intake = new HouseFunction(this, 'Intake', {
      ...props,
      functionName: 'intake',
      description: 'Takes log batches over HTTPS and makes them durable',
      timeoutSeconds: INTAKE_SECONDS,
      environment: {
        LOG_QUEUE_URL: this.logQueue.queue.queueUrl,
        BUCKET: logs.bucket.bucketName,
        LEDGER_TABLE: tables.ledger.tableName,
        CONTROL_TABLE: tables.control.tableName,
        MAX_OPEN_BYTES,
        MAX_INLINE_BYTES,
      } satisfies FunctionEnvironment<typeof IntakeConfig>,
    });
    this.#allowAccepting(intake, props.storage);
    // Open to the internet: of the control table it sees the ingest keys and their limits, not the users.
    intake.allowPartition(['dynamodb:GetItem'], tables.control.tableArn, 'ingest_key');
    intake.allowPartition(['dynamodb:UpdateItem'], tables.control.tableArn, 'rate#*');
    return intake;
  }

  #createSubscription(props: IngestStackProps): HouseFunction {
    const { logs, tables } = props.storage;
    const subscription = new HouseFunction(this, 'IntakeSubscription', {
      ...props,
      functionName: 'intake-subscription',
      description: 'Takes log batches from CloudWatch Logs and makes them durable',
      timeoutSeconds: SUBSCRIPTION_SECONDS,
      environment: {
        LOG_QUEUE_URL: this.logQueue.queue.queueUrl,
        BUCKET: logs.bucket.bucketName,
        LEDGER_TABLE: tables.ledger.tableName,
        MAX_OPEN_BYTES,
        MAX_INLINE_BYTES,
      } satisfies FunctionEnvironment<typeof SubscriptionConfig>,
    });
    this.#allowAccepting(subscription, props.storage);
    subscription.lambda.addPermission('CloudWatchLogs', {
      principal: new ServicePrincipal('logs.amazonaws.com'),
      sourceAccount: Aws.ACCOUNT_ID,
      sourceArn: `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*`,
    });
    subscription.lambda.configureAsyncInvoke({ onFailure: new SqsDestination(this.subscriptionFailures) });
    return subscription;
  }

  /** Not the log queue's own: what arrives here is Lambda's report around the payload, which `process` cannot read. */
  #createSubscriptionFailures({ stage }: IngestStackProps): Queue {
    const queue = new Queue(this, 'SubscriptionFailures', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: stage.tlsOnly,
      retentionPeriod: Duration.days(MESSAGE_DAYS),
    });
    Validations.of(queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is a dead-letter queue: the on-failure destination of intake-subscription.',
    });
    return queue;
  }

  #allowAccepting(intake: HouseFunction, { logs, tables }: StorageStack): void {
    intake.allow(['sqs:SendMessage'], this.logQueue.queue.queueArn);
    intake.allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], tables.ledger.tableArn);
    intake.allowUnder(['s3:PutObject'], logs.arnUnder('raw/'), 'Each large body is an object of its own.');
  }

  #createProcess(props: IngestStackProps): HouseFunction {
    const { storage, domain, stage } = props;
    const { logs, tables } = storage;
    const process = new HouseFunction(this, 'Process', {
      ...props,
      functionName: 'process',
      description: 'Parses, enriches, scrubs, indexes and archives log batches',
      timeoutSeconds: stage.logQueue.timeoutSeconds,
      environment: {
        BUCKET: logs.bucket.bucketName,
        LEDGER_TABLE: tables.ledger.tableName,
        CONTROL_TABLE: tables.control.tableName,
        OPENSEARCH_URL: domain.url,
        ARCHIVE_COMPRESSION: stage.archiveCompression,
        MAX_OPEN_BYTES,
      } satisfies FunctionEnvironment<typeof ProcessConfig>,
    });
    process.lambda.addEventSource(
      new SqsEventSource(this.logQueue.queue, {
        batchSize: stage.logQueue.batchSize,
        maxBatchingWindow: Duration.seconds(stage.logQueue.batchWindowSeconds),
        maxConcurrency: stage.logQueue.maxConcurrency,
        reportBatchItemFailures: true,
      }),
    );
    process.allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], tables.ledger.tableArn);
    process.allowPartition(['dynamodb:GetItem', 'dynamodb:UpdateItem'], tables.control.tableArn, 'breaker');
    // Without it S3 answers 403 instead of 404 where an object is gone.
    process.allow(['s3:ListBucket'], logs.bucket.bucketArn);
    process.allowUnder(['s3:GetObject'], logs.arnUnder('raw/'), 'Each large body is an object of its own.');
    for (const prefix of ['archive/', 'quarantine/', 'parked/'] as const) {
      process.allowUnder(
        ['s3:PutObject'],
        logs.arnUnder(prefix),
        'Each settled batch is an object of its own.',
      );
    }
    domain.allow(process, 'Post');
    return process;
  }
}
