import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { resourcesOf, synthesize } from './support/synthesize.ts';

const templates = synthesize('prod');
const alarms = resourcesOf(templates, 'AWS::CloudWatch::Alarm');
const anchors = alarms.map(
  ([, { Properties }]) => /docs\/runbook\.md#([a-z-]+)$/.exec(Properties['AlarmDescription'])?.[1],
);
const articles = [...readFileSync('docs/runbook.md', 'utf8').matchAll(/^## (.+)$/gm)].map(([, heading]) =>
  heading!.toLowerCase().replaceAll(' ', '-'),
);

describe('alarms', () => {
  test('have an article each in the runbook, and every article an alarm', () => {
    expect(alarms.length).toBeGreaterThan(0);
    expect([...articles].sort()).toEqual([...anchors].sort());
  });

  test('say what they mean for users and tell somebody, also when it is over', () => {
    for (const [name, { Properties }] of alarms) {
      expect(Properties['AlarmDescription'], name).toMatch(/^[A-Z].+\. What to do: /);
      expect(Properties['AlarmActions'], name).toHaveLength(1);
      expect(Properties['OKActions'], name).toHaveLength(1);
    }
  });

  test('watch every dead-letter queue', () => {
    const watched = alarms
      .filter(([, { Properties }]) => Properties['MetricName'] === 'ApproximateNumberOfMessagesVisible')
      .map(([, { Properties }]) => JSON.stringify(Properties['Dimensions']));
    expect(watched).toHaveLength(3);
    expect(new Set(watched).size).toBe(3);
  });
});
