import { readRules } from './read-rules.ts';
import type { Rule } from './rule.ts';

/** The document of a rule that fires when more than 10 events come within a minute. */
export const SAMPLE_RULE = {
  apiVersion: 'alerts/v1',
  id: 'sample',
  name: 'Sample',
  kind: 'count',
  source: { indices: ['orders-*'] },
  window: '1m',
  condition: { operator: 'greater_than', value: 10 },
  notify: { channels: [{ id: 'webhook' }] },
};

/** The sample rule with other fields in the place of some. */
export function sampleRule(fields: Readonly<Record<string, unknown>> = {}): Rule {
  const [rule] = readRules([{ file: 'sample.yaml', document: { ...SAMPLE_RULE, ...fields } }], {});
  if (rule === undefined) throw new Error('the sample rule was not read');
  return rule;
}
