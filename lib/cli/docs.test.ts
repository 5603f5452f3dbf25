import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { PROCESSORS } from '../core/processor/registry.ts';
import { defineProcessor, type ProcessorSpec } from '../core/processor/spec.ts';
import { PROCESSOR_REFERENCE, processorReference } from './docs.ts';

describe('processorReference', () => {
  test('is what docs/reference holds: run `npx weir docs` where it is not', () => {
    expect(readFileSync(PROCESSOR_REFERENCE, 'utf8')).toBe(processorReference([...PROCESSORS.values()]));
  });

  test('tells each option by its type, default and description', () => {
    const spec = defineProcessor({
      name: 'sample',
      summary: 'Does nothing.',
      options: z.strictObject({
        field: z.string().meta({ description: 'What to read.' }),
        sizes: z.array(z.union([z.int(), z.enum(['a', 'b'])])).default([1]),
        names: z.record(z.string(), z.string()).default({}),
      }),
      examples: [{ title: 'one', options: { field: 'a' }, given: { a: 1 }, expect: { a: 1 }, fails: '_tag' }],
      guarantees: ['Nothing.'],
      limits: ['Everything.'],
      build: () => () => undefined,
    });
    const page = processorReference([spec as ProcessorSpec]);
    expect(page).toContain('| `field` | string | required | What to read. |');
    expect(page).toContain('| `sizes` | list of integer or `a`, `b` | `[1]` |  |');
    expect(page).toContain('| `names` | map | `{}` |  |');
    expect(page).toContain(
      'step:   {"sample":{"field":"a"}}\nbefore: {"a":1}\nafter:  {"a":1}\nfails:  _tag',
    );
  });
});
