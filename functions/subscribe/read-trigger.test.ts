import { describe, expect, test } from 'vitest';
import { readTrigger } from './read-trigger.ts';

describe('readTrigger', () => {
  test('reads the event of a schedule', () => {
    const event = { source: 'aws.events', time: '2026-11-21T10:05:00Z', detail: {} };
    expect(readTrigger(event)).toEqual({ kind: 'tick', time: '2026-11-21T10:05:00Z' });
  });

  test('reads the name of a log group that CloudTrail saw being made', () => {
    const event = {
      source: 'aws.logs',
      time: '2026-11-21T10:05:00Z',
      detail: { eventName: 'CreateLogGroup', requestParameters: { logGroupName: '/aws/lambda/shop' } },
    };
    expect(readTrigger(event)).toEqual({ kind: 'created', logGroup: '/aws/lambda/shop' });
  });

  test.each([null, {}, { time: 'today' }])('refuses %j', (event) => {
    expect(() => readTrigger(event)).toThrow();
  });
});
