import { describe, expect, test } from 'vitest';
import { sampleEvent } from '../../alert/event.fixture.ts';
import { AlertEvent } from '../../alert/event.ts';
import { describeEvent, formatWebhook } from './format.ts';

const EVENT = sampleEvent();

describe('describeEvent', () => {
  test('says what, how much, since when and where to look', () => {
    expect(describeEvent(EVENT)).toBe(
      [
        'FIRING (warning): Orders API errors',
        '3 events from 2026-01-01 12:00 to 2026-01-01 12:05 UTC (alerts at >= 1)',
        'since 2026-01-01 12:05 UTC',
        'look in orders-*, log.level: error',
      ].join('\n'),
    );
  });

  test('says that a count may be too low when events are still on their way', () => {
    expect(describeEvent({ ...EVENT, completeness: 0.5 })).toContain('at least 3 events');
  });

  test('says how long it lasted and how bad it was when it is over', () => {
    const text = describeEvent({
      ...EVENT,
      kind: 'resolved',
      reason: 'recovered',
      value: 0,
      peak: 41,
      duration_seconds: 4500,
      rule: { ...EVENT.rule, runbook: 'https://example.com/runbook' },
    });
    expect(text).toContain('RESOLVED (warning)');
    expect(text).toContain('It lasted 1 h 15 min, at worst with 41 events');
    expect(text).toContain('runbook: https://example.com/runbook');
  });
});

describe('formatWebhook', () => {
  test('is type, timestamp, text and data', () => {
    const body = JSON.parse(formatWebhook(EVENT));
    expect(body).toEqual({
      type: 'alert.firing',
      timestamp: EVENT.window.end,
      text: describeEvent(EVENT),
      data: EVENT,
    });
  });

  test('stays below 20 kB when every name is as long as a rule may make it', () => {
    const wide = '\u4e2d'.repeat(256);
    const event = AlertEvent.parse({
      ...EVENT,
      rule: { id: 'x'.repeat(64), name: wide, runbook: `https://example.com/${'x'.repeat(1000)}` },
      query: {
        indices: Array(8).fill(wide),
        levels: Array(16).fill('x'.repeat(32)),
        services: Array(64).fill(wide),
      },
    });
    expect(Buffer.byteLength(formatWebhook(event))).toBeLessThan(20_000);
  });
});
