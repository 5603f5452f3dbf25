import { Aws, Duration } from 'aws-cdk-lib';
import { Match, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { Config as SubscribeConfig } from '../../../functions/subscribe/config.ts';
import { type FunctionEnvironment, HouseFunction } from '../constructs/house-function.ts';
import { STACK_PREFIX, WeirStack, type WeirStackProps } from './weir-stack.ts';

/** A run of the most log groups that it looks at takes less, also where CloudWatch Logs throttles it. */
const SUBSCRIBE_SECONDS = 240;

export interface SubscribeStackProps extends WeirStackProps {
  /** The function that takes in what CloudWatch Logs sends. */
  readonly subscription: HouseFunction;
}

/** What subscribes the account's log groups to Weir by their tag or the beginning of their name. */
export class SubscribeStack extends WeirStack {
  readonly subscribe: HouseFunction;

  constructor(scope: Construct, props: SubscribeStackProps) {
    super(scope, 'Subscribe', props);
    const { name, subscribe } = props.stage;
    this.subscribe = new HouseFunction(this, 'Subscribe', {
      ...props,
      functionName: 'subscribe',
      description: 'Subscribes log groups by tag or prefix',
      timeoutSeconds: SUBSCRIBE_SECONDS,
      environment: {
        SUBSCRIPTION_FUNCTION_ARN: props.subscription.lambda.functionArn,
        FILTER_NAME: `weir-${name}`,
        SUBSCRIBE_PREFIXES: subscribe.prefixes.join(','),
        SUBSCRIBE_TAG: subscribe.tag === undefined ? '' : `${subscribe.tag.key}=${subscribe.tag.value}`,
        SUBSCRIBE_EXCLUDE: subscribe.exclude.join(','),
        OWN_PREFIX: STACK_PREFIX,
      } satisfies FunctionEnvironment<typeof SubscribeConfig>,
    });
    this.#allowSubscribing();
    this.#addTriggers();
    this.publish({ SubscribeFunctionName: this.subscribe.lambda.functionName });
  }

  #allowSubscribing(): void {
    this.subscribe.allowUnder(
      [
        'logs:DescribeLogGroups',
        'logs:ListTagsForResource',
        'logs:DescribeSubscriptionFilters',
        'logs:PutSubscriptionFilter',
        'logs:DeleteSubscriptionFilter',
      ],
      `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:`,
      'Any log group of this account and region may get the tag, or lose it; their names are not known beforehand.',
    );
  }

  #addTriggers(): void {
    const targets = [new LambdaFunction(this.subscribe.lambda)];
    new Rule(this, 'EveryFiveMinutes', {
      description: 'The tick of subscribe; its `time` says which part of many log groups is up',
      schedule: Schedule.rate(Duration.minutes(5)),
      targets,
    });
    new Rule(this, 'LogGroupCreated', {
      description: 'A new log group, seen where CloudTrail records management events',
      eventPattern: {
        source: ['aws.logs'],
        detailType: ['AWS API Call via CloudTrail'],
        detail: {
          eventSource: ['logs.amazonaws.com'],
          eventName: ['CreateLogGroup'],
          errorCode: Match.doesNotExist(),
        },
      },
      targets,
    });
  }
}
