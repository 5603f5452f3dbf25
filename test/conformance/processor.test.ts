import { describe, expect, test } from 'vitest';
import type { LogEvent } from '../../lib/core/event/log-event.ts';
import { PROCESSORS } from '../../lib/core/processor/registry.ts';
import type { Resources } from '../../lib/core/processor/spec.ts';

const context = { receivedAtMs: Date.UTC(2025, 10, 2, 12), source: 'example' };
const resources: Resources = {
  geo: (address) =>
    address === '8.8.8.8' || address === '2001:4860:4860::8888' ? { country_iso_code: 'US' } : undefined,
  userAgent: (original) =>
    original.includes('Firefox/132.0')
      ? { name: 'Firefox', version: '132.0', os: { name: 'Linux' }, device: { name: 'Other' } }
      : { name: 'Other', device: { name: 'Other' } },
};

describe.each([...PROCESSORS.values()])('processor $name', (spec) => {
  test('says what it does, guarantees and does not do', () => {
    expect(spec.name).toMatch(/^[a-z][a-z_]*$/);
    for (const sentence of [spec.summary, ...spec.guarantees, ...spec.limits])
      expect(sentence).toMatch(/\.$/);
    expect(spec.examples.length).toBeGreaterThan(0);
  });

  test.each(spec.examples)(
    'does as its example says: $title',
    ({ options, given, expect: expected, fails }) => {
      const event: LogEvent = structuredClone(given);
      const step = spec.build(spec.options.parse(options), resources);
      const failure = step(event, context);
      expect(event).toEqual(expected);
      expect(failure?.tag).toBe(fails);
    },
  );

  test('refuses options that it does not know', () => {
    const options = { ...(spec.examples[0]?.options as object), surely_unknown: 1 };
    expect(spec.options.safeParse(options).success).toBe(false);
  });
});
