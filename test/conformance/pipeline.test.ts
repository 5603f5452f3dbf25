import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { loadPipelines } from '../../lib/adapters/files/load-pipelines.ts';
import { fieldPath, getField, type LogEvent } from '../../lib/core/event/log-event.ts';
import { compilePipelines } from '../../lib/core/pipeline/compile-pipelines.ts';

const PIPELINES = new URL('../../pipelines/', import.meta.url);

/** What a pipeline's test file holds: lines in, events out. Fields that are not named are not compared. */
const PipelineTest = z.strictObject({
  name: z.string(),
  given: z
    .strictObject({
      source: z.string().default('test'),
      dialect: z.string().default('text'),
      service: z.string().optional(),
      labels: z.record(z.string(), z.string()).optional(),
    })
    .prefault({}),
  lines: z.array(z.string()).min(1),
  expect: z
    .array(
      z.strictObject({ index: z.string().optional(), fields: z.record(z.string(), z.unknown()).default({}) }),
    )
    .min(1),
});

const pipelines = loadPipelines(PIPELINES);
const compiled = compilePipelines(pipelines, {});
const context = { receivedAtMs: Date.UTC(2025, 10, 2, 12) };
const files = readdirSync(PIPELINES).filter((name) => name.endsWith('.test.yaml'));

describe.each(files)('%s', (file) => {
  const name = file.slice(0, -'.test.yaml'.length);
  const tests = z.array(PipelineTest).parse(parse(readFileSync(new URL(file, PIPELINES), 'utf8')));

  test.each(tests)('$name', ({ given, lines, expect: expected }) => {
    const chain = compiled.select(given);
    expect(chain.name).toBe(name);
    const fields: LogEvent = {};
    if (given.service !== undefined) fields['service'] = { name: given.service };
    if (given.labels !== undefined) fields['labels'] = given.labels;
    const routed = lines.map((text) => chain.run({ text, fields }, { ...context, source: given.source }));
    expect(routed).toHaveLength(expected.length);
    for (const [position, result] of routed.entries()) {
      if (result.kind !== 'event') throw new Error('excluded');
      const { index, fields: wanted } = expected[position]!;
      if (index !== undefined) expect(result.index).toBe(index);
      const found = Object.keys(wanted).map((field) => [field, getField(result.event, fieldPath(field))]);
      expect(Object.fromEntries(found)).toEqual(wanted);
    }
  });
});

test('every pipeline has its tests beside it', () => {
  for (const { name } of pipelines)
    expect(existsSync(new URL(`${name}.test.yaml`, PIPELINES)), name).toBe(true);
});
