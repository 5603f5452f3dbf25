import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogEvent } from '../event/log-event.ts';
import { compileRoute, datedPattern, routeProblem } from './route-template.ts';

const ISO = '2025-11-02T10:11:12.345Z';
const route = (template: string, event: LogEvent): string => compileRoute(template)(event, ISO);

describe('compileRoute', () => {
  test.each<[string, LogEvent, string]>([
    ['logs-{service.name}-default', { service: { name: 'Orders API' } }, 'logs-orders_api-default'],
    ['logs-{service.name}-{labels.group}', { service: { name: 'a' } }, 'logs-a-default'],
    ['logs-{a}-x', { a: { b: 1 } }, 'logs-default-x'],
    ['logs-{a}-x', { a: '---' }, 'logs-default-x'],
    ['logs-{a}-x', { a: 42 }, 'logs-42-x'],
    ['orders-{date}', {}, 'orders-2025.11.02'],
    ['genesis-{type}-{date}', { type: 'Trading' }, 'genesis-trading-2025.11.02'],
  ])('%s', (template, event, index) => {
    expect(route(template, event)).toBe(index);
  });

  test('says which data stream it is', () => {
    const event: LogEvent = { service: { name: 'a-b' } };
    expect(route('logs-{service.name}-prod', event)).toBe('logs-a-b-prod');
    expect(event['data_stream']).toEqual({ type: 'logs', dataset: 'a-b', namespace: 'prod' });
  });

  test('names what OpenSearch takes, whatever the fields hold', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary', minLength: 80, maxLength: 120 }),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(value, value, (a, b) => {
        for (const template of ['logs-{a}-{b}', 'x-{a}{b}{a}-{date}']) {
          const name = route(template, { a, b });
          expect(name).not.toMatch(/[\\/*?"<>|\s,#:]/);
          expect(name).toBe(name.toLowerCase());
          expect(Buffer.byteLength(`.ds-${name}-000001`)).toBeLessThanOrEqual(255);
        }
      }),
    );
  });
});

describe('routeProblem', () => {
  test.each(['logs-{service.name}-default', 'orders-{date}', 'genesis-{type}-{date}'])(
    'accepts %s',
    (template) => {
      expect(routeProblem(template)).toBeUndefined();
    },
  );

  test.each([
    ['Logs-a-b', /lower-case/],
    ['{a}-b', /must begin/],
    ['', /must begin/],
    ['a-{}', /illegal placeholder: \{\}/],
    ['a-{b c}', /illegal placeholder/],
    ['a-{b', /lower-case/],
    ['logs-{a}', /must be a data stream/],
    ['logs-{a}-{date}', /must be a data stream/],
    ['fixed', /must begin with a fixed name/],
    ['orders{date}', /must begin with a fixed name/],
  ])('refuses %j', (template, problem) => {
    expect(routeProblem(template)).toMatch(problem);
  });
});

describe('datedPattern', () => {
  test.each([
    ['logs-{a}-default', undefined],
    ['orders-{date}', 'orders-*'],
    ['genesis-{type}-{date}', 'genesis-*'],
  ])('of %s is %s', (template, pattern) => {
    expect(datedPattern(template)).toBe(pattern);
  });
});
