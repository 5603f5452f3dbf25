import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Config as EvaluateConfig } from '../../../functions/evaluate-alerts/config.ts';
import type { Config as NotifyConfig } from '../../../functions/notify/config.ts';
import { type FunctionEnvironment, HouseFunction } from '../constructs/house-function.ts';
import type { LogDomain } from '../constructs/log-domain.ts';
import { QueueWithDeadLetters } from '../constructs/queue-with-dead-letters.ts';
import type { StorageStack } from './storage-stack.ts';
import { WeirStack, type WeirStackProps } from './weir-stack.ts';

const EVALUATE_SECONDS = 55;
const NOTIFY_SECONDS = 60;
/** AWS's advice for a queue that a function works off. */
const VISIBILITY_FACTOR = 6;
const MAX_RECEIVES = 5;
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
const DELIVERIES_AT_ONCE = 5;
/** A tick that could not be delivered by then is left to the next one, which catches up. */
const TICK_MAX_AGE = Duration.minutes(5);

export interface AlertStackProps extends WeirStackProps {
  readonly storage: StorageStack;
  readonly domain: LogDomain;
}

/** From the minute's tick to the delivered message. */
export class AlertStack extends WeirStack {
  readonly notifyQueue: QueueWithDeadLetters;
  readonly evaluate: HouseFunction;

  constructor(scope: Construct, props: AlertStackProps) {
    super(scope, 'Alert', props);
    this.notifyQueue = new QueueWithDeadLetters(this, 'NotifyQueue', {
      visibilitySeconds: VISIBILITY_FACTOR * NOTIFY_SECONDS,
      maxReceives: MAX_RECEIVES,
      tlsOnly: props.stage.tlsOnly,
    });
    const secret = this.#createWebhookSecret();
    this.evaluate = this.#createEvaluate(props);
    const notify = this.#createNotify(props, secret);
    this.publish({
      EvaluateFunctionName: this.evaluate.lambda.functionName,
      NotifyFunctionName: notify.lambda.functionName,
      NotifyQueueUrl: this.notifyQueue.queue.queueUrl,
      NotifyDeadLetterUrl: this.notifyQueue.deadLetters.queueUrl,
      WebhookSecretArn: secret.secretArn,
    });
  }

  /** 32 letters and digits: as they stand the base64 that Standard Webhooks wants behind `whsec_`. */
  #createWebhookSecret(): Secret {
    const secret = new Secret(this, 'WebhookSecret', {
      description: 'Signs outgoing webhooks',
      // Named one by one, since emulators do not know `excludePunctuation`.
      generateSecretString: { passwordLength: 32, excludeCharacters: PUNCTUATION },
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Receivers hold the same secret: it is changed together with them, not by a timer.',
    });
    return secret;
  }

  #createEvaluate({ storage, domain, ...props }: AlertStackProps): HouseFunction {
    const { ledger, alerts } = storage.tables;
    const { stage } = props;
    const evaluate = new HouseFunction(this, 'EvaluateAlerts', {
      ...props,
      functionName: 'evaluate-alerts',
      description: 'Evaluates the alert rules that are due',
      timeoutSeconds: EVALUATE_SECONDS,
      environment: {
        OPENSEARCH_URL: domain.url,
        LEDGER_TABLE: ledger.tableName,
        ALERTS_TABLE: alerts.tableName,
        NOTIFY_QUEUE_URL: this.notifyQueue.queue.queueUrl,
        WINDOW_MINUTES: String(stage.alerts.windowMinutes),
        ALERT_THRESHOLD: String(stage.alerts.threshold),
        INDEX_REFRESH_SECONDS: String(stage.index.refreshSeconds),
      } satisfies FunctionEnvironment<typeof EvaluateConfig>,
    });
    evaluate.allow(['dynamodb:Query'], `${ledger.tableArn}/index/open`, `${alerts.tableArn}/index/outbox`);
    evaluate.allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], alerts.tableArn);
    evaluate.allow(['sqs:SendMessage'], this.notifyQueue.queue.queueArn);
    domain.allow(evaluate, 'Post');
    new Rule(this, 'EveryMinute', {
      description: 'The tick of evaluate-alerts; its `time` is the moment that windows end at',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(evaluate.lambda, { maxEventAge: TICK_MAX_AGE })],
    });
    evaluate.lambda.configureAsyncInvoke({ maxEventAge: TICK_MAX_AGE });
    return evaluate;
  }

  #createNotify({ storage, ...props }: AlertStackProps, secret: Secret): HouseFunction {
    const { alerts } = storage.tables;
    const { stage } = props;
    const notify = new HouseFunction(this, 'Notify', {
      ...props,
      functionName: 'notify',
      description: 'Delivers one notification to one channel',
      timeoutSeconds: NOTIFY_SECONDS,
      environment: {
        ALERTS_TABLE: alerts.tableName,
        NOTIFY_QUEUE_URL: this.notifyQueue.queue.queueUrl,
        ALERT_WEBHOOK: stage.alerts.webhook,
        WEBHOOK_SECRET_ARN: secret.secretArn,
        RETRY_SECONDS: stage.notify.retrySeconds.join(','),
        ALLOWED_PRIVATE_CIDRS: stage.notify.allowedPrivateCidrs.join(','),
      } satisfies FunctionEnvironment<typeof NotifyConfig>,
    });
    notify.lambda.addEventSource(
      new SqsEventSource(this.notifyQueue.queue, {
        batchSize: 1,
        maxConcurrency: DELIVERIES_AT_ONCE,
        reportBatchItemFailures: true,
      }),
    );
    notify.allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], alerts.tableArn);
    // The next attempt of a delivery is a new, delayed message.
    notify.allow(['sqs:SendMessage'], this.notifyQueue.queue.queueArn);
    notify.allow(['secretsmanager:GetSecretValue'], secret.secretArn);
    return notify;
  }
}
