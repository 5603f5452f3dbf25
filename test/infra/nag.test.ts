import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, test } from 'vitest';
import { buildApp } from './support/synthesize.ts';

describe('AWS Solutions checks', () => {
  test.each(['local', 'dev', 'prod'])('find nothing in stage %s', (stage) => {
    const app = buildApp(stage);
    expect(() => app.synth()).not.toThrow();
  });

  test('find a bucket that has no TLS-only policy', () => {
    const app = buildApp('dev');
    new Bucket(app.node.findChild('Weir-dev-Storage'), 'Planted');
    expect(() => app.synth()).toThrow(/AwsSolutions-S10/);
  });
});
