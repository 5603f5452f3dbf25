import { describe, expect, test } from 'vitest';
import { loadStage } from '../../lib/infra/stage/load-stage.ts';
import { resourcesOf, synthesize } from './support/synthesize.ts';

const FOURTEEN_DAYS = 14 * 24 * 3600;
const STAGES = ['local', 'dev', 'prod'].map((stage) => [stage, synthesize(stage)] as const);

describe.each(STAGES)('queues of stage %s', (stage, templates) => {
  const queues = resourcesOf(templates, 'AWS::SQS::Queue');
  const deadLetterIds = [
    ...queues.flatMap(([, { Properties }]) => Properties['RedrivePolicy']?.deadLetterTargetArn ?? []),
    ...resourcesOf(templates, 'AWS::Lambda::EventInvokeConfig').flatMap(
      ([, { Properties }]) => Properties['DestinationConfig']?.OnFailure.Destination ?? [],
    ),
  ].map((reference) => reference['Fn::GetAtt'][0]);

  test('have a dead-letter queue or are one', () => {
    expect(queues).toHaveLength(5);
    const neither = queues.filter(
      ([name, { Properties }]) =>
        Properties['RedrivePolicy'] === undefined && !deadLetterIds.includes(name.split('/')[1]),
    );
    expect(neither).toEqual([]);
  });

  test('are encrypted, refuse plain HTTP and keep messages for 14 days', () => {
    const policies = JSON.stringify(resourcesOf(templates, 'AWS::SQS::QueuePolicy'));
    for (const [name, { Properties }] of queues) {
      expect(Properties['SqsManagedSseEnabled'], name).toBe(true);
      expect(Properties['MessageRetentionPeriod'], name).toBe(FOURTEEN_DAYS);
    }
    expect(policies.match(/"aws:SecureTransport":"false"/g)).toHaveLength(queues.length);
  });

  test('are worked off by functions that report which messages failed', () => {
    const sources = resourcesOf(templates, 'AWS::Lambda::EventSourceMapping');
    expect(sources).toHaveLength(2);
    for (const [name, { Properties }] of sources) {
      expect(Properties['FunctionResponseTypes'], name).toEqual(['ReportBatchItemFailures']);
      expect(Properties['ScalingConfig'].MaximumConcurrency, name).toBeGreaterThanOrEqual(2);
    }
  });

  test('hide a message while the function may still have it, six times as long outside of one machine', () => {
    const { timeoutSeconds, batchWindowSeconds, visibilitySeconds } = loadStage(stage, {}).logQueue;
    const timeouts = stage === 'local' ? 1 : 6;
    expect(visibilitySeconds).toBeGreaterThanOrEqual(timeouts * timeoutSeconds + batchWindowSeconds);
  });
});
