import type { LifecycleRule } from '@aws-sdk/client-s3';
import * as z from 'zod';

const Transition = z.object({
  StorageClass: z.enum([
    'STANDARD_IA',
    'ONEZONE_IA',
    'INTELLIGENT_TIERING',
    'GLACIER',
    'GLACIER_IR',
    'DEEP_ARCHIVE',
  ]),
  TransitionInDays: z.int(),
});

/** What of https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-rule.html the stacks use. */
const TemplateRule = z.strictObject({
  Id: z.string().optional(),
  Status: z.enum(['Enabled', 'Disabled']),
  Prefix: z.string().default(''),
  ExpirationInDays: z.int().optional(),
  NoncurrentVersionExpiration: z.object({ NoncurrentDays: z.int() }).optional(),
  AbortIncompleteMultipartUpload: z.object({ DaysAfterInitiation: z.int() }).optional(),
  Transitions: z.array(Transition).optional(),
});

/** Says a bucket's lifecycle rule as the S3 API wants it, given as it stands in a CloudFormation template. */
export function toLifecycleRule(rule: unknown): LifecycleRule {
  const { Id, Status, Prefix, ExpirationInDays, Transitions, ...same } = TemplateRule.parse(rule);
  return {
    ID: Id,
    Status,
    Filter: { Prefix },
    Expiration: ExpirationInDays === undefined ? undefined : { Days: ExpirationInDays },
    Transitions: Transitions?.map(({ StorageClass, TransitionInDays }) => ({
      StorageClass,
      Days: TransitionInDays,
    })),
    ...same,
  };
}
