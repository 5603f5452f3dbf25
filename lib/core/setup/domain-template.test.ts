import { describe, expect, test } from 'vitest';
import { DatedPattern, domainTemplates } from './domain-template.ts';

const templates = (datedPatterns: string[]) =>
  domainTemplates({ refreshSeconds: 5, replicas: 1, datedPatterns });

describe('domainTemplates', () => {
  test('gives every dated pattern a template of its own that makes no data stream', () => {
    const dated = templates(['orders-*', 'shop.eu-audit-*']).slice(3);
    expect(dated.map(({ name, definition }) => [name, definition['index_patterns']])).toEqual([
      ['weir-orders', ['orders-*']],
      ['weir-shop.eu-audit', ['shop.eu-audit-*']],
    ]);
    expect(dated.every(({ definition }) => !('data_stream' in definition))).toBe(true);
  });

  test('writes the chosen refresh interval and replicas, and bounds the fields', () => {
    const settings = templates([])[0]?.definition['template'];
    expect(settings).toMatchObject({
      settings: {
        index: {
          refresh_interval: '5s',
          number_of_replicas: 1,
          mapping: { total_fields: { limit: 1000 }, depth: { limit: 20 } },
        },
      },
    });
  });
});

describe('DatedPattern', () => {
  test.each(['orders-*', 'genesis-trading-*', 'a1-*'])('takes %s', (pattern) => {
    expect(DatedPattern.safeParse(pattern).success).toBe(true);
  });

  test.each(['*', 'logs-*', 'logs-app-*', 'Orders-*', 'orders*', '.kibana-*', 'a-*-*', '-*'])(
    'refuses %s, which would take over names that are not dated indices of Weir',
    (pattern) => {
      expect(DatedPattern.safeParse(pattern).success).toBe(false);
    },
  );
});
