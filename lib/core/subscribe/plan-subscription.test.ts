import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogGroup, SubscriptionFilter } from './log-group.ts';
import { planSubscription, type SubscriptionPlan, type SubscriptionSettings } from './plan-subscription.ts';

const WEIR = 'arn:aws:lambda:eu-west-1:123456789012:function:Weir-dev-Ingest-IntakeSubscription';
const THEIRS = 'arn:aws:lambda:eu-west-1:123456789012:function:theirs';

const settings: SubscriptionSettings = {
  filter: { name: 'weir-dev', pattern: '', destinationArn: WEIR },
  prefixes: ['/aws/lambda/', 'apps/'],
  tag: { key: 'weir', value: 'true' },
  exclude: ['*/noisy-*'],
  ownPrefix: 'Weir-',
};
const { filter } = settings;
const others = ['first', 'second'].map((name) => ({ name, pattern: '', destinationArn: THEIRS }));

function plan(group: Partial<LogGroup>, changes: Partial<SubscriptionSettings> = {}): SubscriptionPlan {
  const whole = { name: '/aws/lambda/checkout', tags: {}, filters: [], ...group };
  return planSubscription(whole, { ...settings, ...changes });
}

/** What the log group is once the plan has been carried out. */
function apply(group: LogGroup): LogGroup {
  const { kind } = planSubscription(group, settings);
  const rest = group.filters.filter(({ name }) => name !== filter.name);
  if (kind === 'subscribe') return { ...group, filters: [...rest, filter] };
  return kind === 'unsubscribe' ? { ...group, filters: rest } : group;
}

describe('planSubscription', () => {
  test.each([
    ['begins with a prefix', { name: 'apps/shop' }],
    ['carries the tag', { name: 'shop', tags: { weir: 'true' } }],
    ['has one filter of somebody else', { filters: others.slice(0, 1) }],
    ['has the filter with another destination', { filters: [{ ...filter, destinationArn: THEIRS }] }],
    [
      'has the filter with another pattern',
      { filters: [...others.slice(0, 1), { ...filter, pattern: 'ERROR' }] },
    ],
  ])('subscribes a log group that %s', (_, group) => {
    expect(plan(group)).toEqual({ kind: 'subscribe' });
  });

  test('keeps the filter where it is right', () => {
    expect(plan({ filters: [...others.slice(0, 1), filter] })).toEqual({ kind: 'keep' });
  });

  test('is in conflict with a log group that has as many filters as there can be', () => {
    expect(plan({ filters: others })).toEqual({ kind: 'conflict' });
  });

  test.each([
    ['unmatched', { name: 'shop' }],
    ['unmatched', { name: 'shop', tags: { weir: 'false' } }],
    ['unmatched', { name: 'my/aws/lambda/shop' }],
    ['excluded', { name: '/aws/lambda/noisy-job', tags: { weir: 'true' } }],
    ['forwarded', { filters: [{ ...filter, name: 'weir', pattern: 'ERROR' }] }],
    ['own', { name: '/aws/lambda/Weir-dev-Search-Setup' }],
    ['own', { name: 'Weir-prod-Ingest-IntakeLog4F2A-x1', tags: { weir: 'true' } }],
    ['own', { tags: { weir: 'true', 'aws:cloudformation:stack-name': 'Weir-dev-Api' } }],
  ])('skips a log group because it is %s, and takes the filter off where it is there', (reason, group) => {
    expect(plan(group)).toEqual({ kind: 'skip', reason });
    const filters = [...('filters' in group ? group.filters : []), filter];
    expect(plan({ ...group, filters })).toEqual({ kind: 'unsubscribe', reason });
  });

  test('subscribes nothing when nothing was asked for', () => {
    const nothing = { prefixes: [], tag: undefined };
    expect(plan({ tags: { undefined: 'true' } }, nothing)).toEqual({ kind: 'skip', reason: 'unmatched' });
  });
});

const name = fc
  .tuple(
    fc.constantFrom('/aws/lambda/', 'apps/', 'apps/noisy-', '/aws/lambda/Weir-', 'Weir-dev-', '/x/Weir-', ''),
    fc.constantFrom('shop', 'checkout', 'Weir-'),
  )
  .map((parts) => parts.join(''));
const tags = fc.dictionary(
  fc.constantFrom('weir', 'team', 'aws:cloudformation:stack-name'),
  fc.constantFrom('true', 'false', 'Weir-dev-Ingest', 'Shop'),
);
const someFilter: fc.Arbitrary<SubscriptionFilter> = fc.record({
  name: fc.constantFrom('weir-dev', 'weir-prod', 'weir', 'theirs'),
  pattern: fc.constantFrom('', 'ERROR'),
  destinationArn: fc.constantFrom(WEIR, THEIRS),
});
const filters = fc.uniqueArray(someFilter, { maxLength: 2, selector: (found) => found.name });
const logGroup: fc.Arbitrary<LogGroup> = fc.record({ name, tags, filters });

describe('planSubscription, for any log group', () => {
  test('changes nothing the second time', () => {
    fc.assert(
      fc.property(logGroup, (group) => {
        const done = apply(group);
        expect(['keep', 'skip', 'conflict']).toContain(planSubscription(done, settings).kind);
        expect(apply(done)).toEqual(done);
      }),
    );
  });

  test("never touches somebody else's filter, and never asks for a third", () => {
    fc.assert(
      fc.property(logGroup, (group) => {
        const theirs = ({ filters: all }: LogGroup) => all.filter((found) => found.name !== filter.name);
        const done = apply(group);
        expect(theirs(done)).toEqual(theirs(group));
        expect(done.filters.length).toBeLessThanOrEqual(2);
      }),
    );
  });

  test("never leaves the filter on a log group of Weir's own", () => {
    fc.assert(
      fc.property(logGroup, (group) => {
        fc.pre(
          /(^|\/)Weir-/.test(group.name) || /^Weir-/.test(group.tags['aws:cloudformation:stack-name'] ?? ''),
        );
        expect(apply(group).filters.map((found) => found.name)).not.toContain(filter.name);
      }),
    );
  });
});
