import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { Config as RecoverConfig } from '../../../functions/recover/config.ts';
import { type FunctionEnvironment, HouseFunction } from '../constructs/house-function.ts';
import type { LogDomain } from '../constructs/log-domain.ts';
import type { StorageStack } from './storage-stack.ts';
import { WeirStack, type WeirStackProps } from './weir-stack.ts';

const RECOVER_SECONDS = 55;
/** Some 100 MB of events a minute: a domain that has just come back has its live load besides. */
const MAX_UNPARK_BYTES = '16777216';

export interface RecoveryStackProps extends WeirStackProps {
  readonly storage: StorageStack;
  readonly domain: LogDomain;
}

/** What brings parked batches into the index once it takes documents again. */
export class RecoveryStack extends WeirStack {
  readonly recover: HouseFunction;

  constructor(scope: Construct, props: RecoveryStackProps) {
    super(scope, 'Recovery', props);
    const { storage, domain, stage } = props;
    const { logs, tables } = storage;
    this.recover = new HouseFunction(this, 'Recover', {
      ...props,
      functionName: 'recover',
      description: 'Takes parked batches to the index after an outage',
      timeoutSeconds: RECOVER_SECONDS,
      environment: {
        BUCKET: logs.bucket.bucketName,
        LEDGER_TABLE: tables.ledger.tableName,
        CONTROL_TABLE: tables.control.tableName,
        OPENSEARCH_URL: domain.url,
        ARCHIVE_COMPRESSION: stage.archiveCompression,
        MAX_UNPARK_BYTES,
      } satisfies FunctionEnvironment<typeof RecoverConfig>,
    });
    this.#allowUnparking(props);
    new Rule(this, 'EveryMinute', {
      description: 'Looks for parked batches',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(this.recover.lambda)],
    });
    // The next minute's run does what this one could not.
    this.recover.lambda.configureAsyncInvoke({ retryAttempts: 0 });
    this.publish({ RecoverFunctionName: this.recover.lambda.functionName });
  }

  #allowUnparking({ storage, domain }: RecoveryStackProps): void {
    const { logs, tables } = storage;
    const { recover } = this;
    recover.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], tables.ledger.tableArn);
    recover.allowPartition(['dynamodb:GetItem', 'dynamodb:UpdateItem'], tables.control.tableArn, 'breaker');
    recover.allow(['s3:ListBucket'], logs.bucket.bucketArn);
    const reason = 'Each batch is an object of its own.';
    recover.allowUnder(['s3:GetObject', 's3:DeleteObject'], logs.arnUnder('parked/'), reason);
    recover.allowUnder(['s3:GetObject', 's3:PutObject'], logs.arnUnder('quarantine/'), reason);
    recover.allowUnder(['s3:PutObject'], logs.arnUnder('archive/'), reason);
    domain.allow(recover, 'Get', 'Post');
  }
}
