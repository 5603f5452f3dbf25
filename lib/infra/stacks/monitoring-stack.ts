import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { HouseFunction } from '../constructs/house-function.ts';
import type { QueueWithDeadLetters } from '../constructs/queue-with-dead-letters.ts';
import { RunbookAlarm, type RunbookAlarmProps } from '../constructs/runbook-alarm.ts';
import type { FunctionName } from '../function-name.ts';
import { WeirStack, type WeirStackProps } from './weir-stack.ts';

const PERIOD = Duration.minutes(1);
const QUEUE_AGE_SECONDS = 600;

export interface MonitoringStackProps extends WeirStackProps {
  readonly logQueue: QueueWithDeadLetters;
  readonly notifyQueue: QueueWithDeadLetters;
  readonly subscriptionFailures: IQueue;
  readonly process: HouseFunction;
  readonly recover: HouseFunction;
  readonly subscribe: HouseFunction;
  readonly evaluate: HouseFunction;
}

/** The alarms, each with what it means and an article in the runbook. */
export class MonitoringStack extends WeirStack {
  readonly #topic: Topic;

  constructor(scope: Construct, props: MonitoringStackProps) {
    super(scope, 'Monitoring', props);
    const { name, tlsOnly } = props.stage;
    this.#topic = new Topic(this, 'Alarms', { displayName: `Weir ${name}`, enforceSSL: tlsOnly });
    this.#watchDeadLetters(props);
    this.#watchIngest(props);
    this.#watchRecovery(props);
    this.#watchSubscribing(props);
    this.#watchAlerting(props);
    this.publish({ AlarmTopicArn: this.#topic.topicArn });
  }

  #watchDeadLetters({ logQueue, notifyQueue, subscriptionFailures }: MonitoringStackProps): void {
    this.#alarm('LogDeadLetters', {
      metric: visibleMessages(logQueue.deadLetters),
      threshold: 1,
      impact: 'Accepted log batches are neither indexed nor archived.',
      runbook: 'log-dead-letters',
    });
    this.#alarm('NotifyDeadLetters', {
      metric: visibleMessages(notifyQueue.deadLetters),
      threshold: 1,
      impact: 'Alerts fired that nobody was told of.',
      runbook: 'notify-dead-letters',
    });
    this.#alarm('SubscriptionFailures', {
      metric: visibleMessages(subscriptionFailures),
      threshold: 1,
      impact: 'Log events of CloudWatch did not get in.',
      runbook: 'subscription-failures',
    });
  }

  #watchIngest({ logQueue, process }: MonitoringStackProps): void {
    this.#alarm('LogQueueAge', {
      metric: logQueue.queue.metricApproximateAgeOfOldestMessage({ period: PERIOD }),
      threshold: QUEUE_AGE_SECONDS,
      evaluationPeriods: 5,
      impact: 'Searches and alerts miss the logs of the last minutes.',
      runbook: 'log-queue-age',
    });
    this.#alarm('ProcessErrors', {
      ...lastingErrors(process),
      impact: 'Batches are processed late, and go to the dead-letter queue if it lasts.',
      runbook: 'process-errors',
    });
    this.#alarm('CountsDiffer', {
      metric: internalEvents('process', 'CountsDiffer'),
      threshold: 1,
      impact: 'Of some batch as many records were not settled as were accepted: records may be lost.',
      runbook: 'counts-differ',
    });
  }

  #watchRecovery({ recover }: MonitoringStackProps): void {
    this.#alarm('BreakerOpen', {
      metric: internalEvents('recover', 'BreakerOpen'),
      threshold: 1,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      impact: 'New logs are parked: searches and alerts miss them until the domain is back.',
      runbook: 'breaker-open',
    });
    this.#alarm('RecoveryErrors', {
      ...lastingErrors(recover),
      impact: 'Parked logs do not come back into the index.',
      runbook: 'recovery-errors',
    });
  }

  #watchSubscribing({ subscribe }: MonitoringStackProps): void {
    this.#alarm('SubscribeErrors', {
      metric: subscribe.lambda.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 3,
      impact: 'Log groups that ask for it may not be subscribed: their logs do not get in.',
      runbook: 'subscribe-errors',
    });
  }

  #watchAlerting({ evaluate }: MonitoringStackProps): void {
    this.#alarm('EvaluationStopped', {
      metric: evaluate.lambda.metricInvocations({ period: Duration.minutes(5) }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
      impact: 'No alert rule is evaluated: nobody is told of anything.',
      runbook: 'evaluation-stopped',
    });
    this.#alarm('EvaluationErrors', {
      ...lastingErrors(evaluate),
      impact: 'Alerts come late or not at all.',
      runbook: 'evaluation-errors',
    });
  }

  #alarm(
    id: string,
    props: Omit<RunbookAlarmProps, 'topic' | 'evaluationPeriods'> & { readonly evaluationPeriods?: number },
  ): void {
    new RunbookAlarm(this, id, {
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      ...props,
      topic: this.#topic,
    });
  }
}

/** One of the metrics that a function writes of itself (lib/runtime/internal-events.ts). */
function internalEvents(service: FunctionName, metricName: string): IMetric {
  return new Metric({
    namespace: 'Weir',
    metricName,
    dimensionsMap: { service },
    statistic: 'Sum',
    period: PERIOD,
  });
}

function visibleMessages(queue: IQueue): IMetric {
  return queue.metricApproximateNumberOfMessagesVisible({ period: PERIOD });
}

/** Errors of a function in three of five minutes: one alone is retried, and passes. */
function lastingErrors({ lambda }: HouseFunction) {
  return {
    metric: lambda.metricErrors({ period: PERIOD }),
    threshold: 1,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
  };
}
