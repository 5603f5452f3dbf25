import { expect, test } from 'vitest';
import { loadPipelines } from '../../lib/adapters/files/load-pipelines.ts';
import { datedPatterns } from '../../lib/core/pipeline/dated-patterns.ts';
import { DatedPattern, domainTemplates } from '../../lib/core/setup/domain-template.ts';

const patterns = datedPatterns(loadPipelines(new URL('../../pipelines/', import.meta.url)));

test('the dated indices of every pipeline have a template', () => {
  expect(patterns).toContain('orders-*');
  for (const pattern of patterns) expect(DatedPattern.safeParse(pattern).success).toBe(true);
  const templates = domainTemplates({ refreshSeconds: 1, replicas: 0, datedPatterns: patterns });
  const known = templates.flatMap(({ definition }) => definition['index_patterns'] ?? []);
  // An index without a template would let its first document decide the type of every field.
  expect(known).toEqual(expect.arrayContaining([...patterns]));
});
