import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { createS3ObjectStore } from '../../lib/adapters/s3/object-store.ts';
import { defineObjectStoreContract } from '../conformance/object-store-contract.ts';
import { requireEnvironment } from '../support/require-environment.ts';

requireEnvironment('AWS_ENDPOINT_URL');

defineObjectStoreContract('S3', async () => {
  const bucket = `contract-${randomUUID()}`;
  await new S3Client({}).send(new CreateBucketCommand({ Bucket: bucket }));
  return createS3ObjectStore(bucket);
});
