import { expect, test } from 'vitest';
import { toLifecycleRule } from './lifecycle-rule.ts';

test('toLifecycleRule says a rule of a template in the words of the S3 API', () => {
  const rule = {
    Id: 'raw',
    Status: 'Enabled',
    Prefix: 'raw/',
    ExpirationInDays: 15,
    Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 7 }],
    NoncurrentVersionExpiration: { NoncurrentDays: 3 },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
  };
  expect(toLifecycleRule(rule)).toEqual({
    ID: 'raw',
    Status: 'Enabled',
    Filter: { Prefix: 'raw/' },
    Expiration: { Days: 15 },
    Transitions: [{ StorageClass: 'GLACIER_IR', Days: 7 }],
    NoncurrentVersionExpiration: { NoncurrentDays: 3 },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
  });
});

test('toLifecycleRule throws when a rule says what it would leave out', () => {
  expect(() => toLifecycleRule({ Status: 'Enabled', ExpirationDate: '2026-01-01' })).toThrow(
    /ExpirationDate/,
  );
});
