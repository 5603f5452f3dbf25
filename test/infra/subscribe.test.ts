import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { synthesize } from './support/synthesize.ts';

const subscribe = { prefixes: ['/a/', 'b'], tag: { key: 'team', value: 'x' }, exclude: ['/a/*-noisy', 'c'] };
const template = synthesize('dev', { subscribe })['Subscribe']!;

describe('subscribe', () => {
  test('is told what to subscribe, to which function, and what is its own', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({
          SUBSCRIPTION_FUNCTION_ARN: {
            'Fn::ImportValue': Match.stringLikeRegexp('Weir-dev-Ingest:.*IntakeSubscription.*Arn'),
          },
          FILTER_NAME: 'weir-dev',
          SUBSCRIBE_PREFIXES: '/a/,b',
          SUBSCRIBE_TAG: 'team=x',
          SUBSCRIBE_EXCLUDE: '/a/*-noisy,c',
          OWN_PREFIX: 'Weir-',
        }),
      },
    });
  });

  test('runs on a schedule and when a log group was made, not when making it failed', () => {
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(5 minutes)' });
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.logs'],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: {
          eventSource: ['logs.amazonaws.com'],
          eventName: ['CreateLogGroup'],
          errorCode: [{ exists: false }],
        },
      },
    });
  });

  test('looks for no tag where the stage names none', () => {
    const { tag: _, ...untagged } = subscribe;
    const variables = Object.values(
      synthesize('dev', { subscribe: untagged })['Subscribe']!.findResources('AWS::Lambda::Function'),
    ).map(({ Properties }) => Properties.Environment.Variables.SUBSCRIBE_TAG);
    expect(variables).toEqual(['']);
  });
});
