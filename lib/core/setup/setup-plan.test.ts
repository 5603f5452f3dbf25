import { describe, expect, test } from 'vitest';
import { type DomainTemplate, domainTemplates } from './domain-template.ts';
import type { JsonObject } from './json-value.ts';
import { planSetup } from './setup-plan.ts';

const choices = { refreshSeconds: 5, replicas: 0, datedPatterns: ['orders-*'] };

/** A definition as OpenSearch 3.5 answers it: other order, settings as strings, the time field named. */
function asAnswered({ kind, definition }: DomainTemplate): JsonObject {
  if (kind === 'index_template') {
    const { data_stream, ...rest } = definition;
    const stream = data_stream && { data_stream: { timestamp_field: { name: '@timestamp' } } };
    return { ...stream, ...Object.fromEntries(Object.entries(rest).reverse()) };
  }
  const text = JSON.stringify(definition)
    .replace('"number_of_replicas":0', '"number_of_replicas":"0"')
    .replace('{"limit":1000}', '{"limit":"1000"}')
    .replace('{"limit":20}', '{"limit":"20"}');
  return JSON.parse(text);
}

const kinds = (wanted: DomainTemplate[], found: (template: DomainTemplate) => JsonObject | undefined) =>
  planSetup(wanted, found).map((action) => `${action.kind} ${action.template.name}`);

describe('planSetup', () => {
  test('creates everything on an empty domain, parts before the templates that use them', () => {
    expect(kinds(domainTemplates(choices), () => undefined)).toEqual([
      'create weir-settings',
      'create weir-mappings',
      'create weir-logs',
      'create weir-orders',
    ]);
  });

  test('changes nothing when the domain spells the same definition its own way', () => {
    const plan = planSetup(domainTemplates(choices), asAnswered);
    expect(plan.map((action) => action.kind)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
  });

  test('updates the settings alone when only the refresh interval differs', () => {
    const slower = domainTemplates({ ...choices, refreshSeconds: 30 });
    expect(kinds(slower, asAnsweredFrom(domainTemplates(choices)))).toEqual([
      'update weir-settings',
      'unchanged weir-mappings',
      'unchanged weir-logs',
      'unchanged weir-orders',
    ]);
  });

  test('updates a template that somebody changed by hand', () => {
    const [, , streams] = domainTemplates(choices);
    const changed = { ...streams?.definition, priority: 1 };
    expect(planSetup([streams as DomainTemplate], () => changed)[0]?.kind).toBe('update');
  });

  test('updates a stream template that had become one of plain indices', () => {
    const [, , streams] = domainTemplates(choices);
    const { data_stream: _gone, ...plain } = streams?.definition ?? {};
    expect(planSetup([streams as DomainTemplate], () => plain)[0]?.kind).toBe('update');
  });

  test('tells a changed list setting from the same one', () => {
    const part = (fields: readonly string[]): DomainTemplate => ({
      kind: 'component_template',
      name: 'part',
      definition: { template: { settings: { index: { query: { default_field: fields } } } } },
    });
    const dotted = { template: { settings: { 'query.default_field': ['message'] } } };
    expect(planSetup([part(['message'])], () => dotted)[0]?.kind).toBe('unchanged');
    expect(planSetup([part(['message', 'tags'])], () => dotted)[0]?.kind).toBe('update');
  });
});

function asAnsweredFrom(present: DomainTemplate[]) {
  return (template: DomainTemplate) => {
    const same = present.find((other) => other.name === template.name);
    return same && asAnswered(same);
  };
}
