import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  type LifecycleRule,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StageConfig } from '../stage/stage-config.ts';

/** The top-level folders of the bucket. */
export type BucketPrefix = 'raw/' | 'archive/' | 'quarantine/' | 'parked/';

const ACCESS_LOG_DAYS = 90;

/** The bucket for bodies, archive, quarantine and parked batches, and a second one for the log of who read them. */
export class LogBucket extends Construct {
  readonly bucket: Bucket;
  readonly #name: string;

  constructor(scope: Construct, id: string, stage: StageConfig) {
    super(scope, id);
    // Named, so that policies of other stacks can be written out in full and read without a look-up.
    this.#name = `weir-${stage.name}-${Aws.ACCOUNT_ID}-${Aws.REGION}`;
    const common = {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: stage.tlsOnly,
      removalPolicy: stage.removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    };
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...common,
      lifecycleRules: [{ expiration: Duration.days(ACCESS_LOG_DAYS) }],
    });
    this.bucket = new Bucket(this, 'Bucket', {
      ...common,
      bucketName: this.#name,
      // The class declares its optional members differently from its own interface (exactOptionalPropertyTypes).
      serverAccessLogsBucket: accessLogs as IBucket,
      lifecycleRules: lifecycle(stage),
    });
  }

  /** Resource name of the objects under a prefix, less the `*` that ends it. */
  arnUnder(prefix: BucketPrefix): string {
    return `arn:${Aws.PARTITION}:s3:::${this.#name}/${prefix}`;
  }
}

/** Nothing under `parked/` expires: those records have been accepted and are not indexed yet. */
function lifecycle({ retention }: StageConfig): LifecycleRule[] {
  const expire = (prefix: BucketPrefix, days: number): LifecycleRule => ({
    id: prefix.replace('/', ''),
    prefix,
    expiration: Duration.days(days),
  });
  return [
    expire('raw/', retention.rawDays),
    expire('archive/', retention.archiveDays),
    expire('quarantine/', retention.quarantineDays),
    { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
  ];
}
