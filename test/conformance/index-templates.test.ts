import { describe, expect, test } from 'vitest';
import { loadPipelines } from '../../lib/adapters/files/load-pipelines.ts';
import { isCoveredBy } from '../../lib/core/auth/source-glob.ts';
import { DEFAULT_PIPELINE } from '../../lib/core/pipeline/default-pipeline.ts';
import { routeTarget } from '../../lib/core/route/route-template.ts';
import { DATED_PATTERNS, STREAM_PATTERN } from '../../lib/core/setup/domain-template.ts';

const pipelines = [...loadPipelines(new URL('../../pipelines/', import.meta.url)), DEFAULT_PIPELINE];
const targets = pipelines.map(({ name, to }) => [name, to] as const);

describe('domainTemplates', () => {
  test.each(targets)('has a template for what pipeline %s sends to %s', (_pipeline, to) => {
    const { kind, pattern } = routeTarget(to);
    const patterns = kind === 'data_stream' ? [STREAM_PATTERN] : DATED_PATTERNS;
    // An index without a template would let its first document decide the type of every field.
    expect(patterns.some((known) => isCoveredBy(known, pattern))).toBe(true);
  });
});
