import { describe, expect, test } from 'vitest';
import { checkPipeline, PipelineError } from './check-pipeline.ts';

const base = { name: 'x', match: { source: 'x' }, steps: ['detect'] };

function problemsOf(written: unknown): readonly string[] {
  try {
    checkPipeline('x.yaml', written);
  } catch (error) {
    if (error instanceof PipelineError) return error.problems;
    throw error;
  }
  return [];
}

describe('checkPipeline', () => {
  test('fills in what is left out', () => {
    const pipeline = checkPipeline('x.yaml', { ...base, steps: ['detect', { level: null }, { geoip: {} }] });
    expect(pipeline).toMatchObject({
      name: 'x',
      sources: ['x'],
      to: 'logs-{service.name}-default',
      emit: {},
    });
    expect(pipeline.steps.map(({ processor }) => processor)).toEqual(['detect', 'level', 'geoip']);
  });

  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'file: Invalid input: expected object, received undefined'],
    ['a list', [], 'file: Invalid input: expected object, received array'],
    [
      'a missing name',
      { ...base, name: undefined },
      'name: Invalid input: expected string, received undefined',
    ],
    [
      'an unknown key',
      { ...base, stpes: [] },
      'file: unknown key stpes. Allowed: name, match, steps, route, emit. Did you mean steps?',
    ],
    [
      'an unknown key of match',
      { ...base, match: { sorce: 'x' } },
      'match: unknown key sorce. Allowed: source, dialect. Did you mean source?',
    ],
    [
      'an unknown dialect',
      { ...base, match: { dialect: 'txt' } },
      'match.dialect: "txt" is not possible. Allowed: ndjson, json, text, cloudwatch. Did you mean text?',
    ],
    [
      'no match',
      { ...base, match: undefined },
      'match: is missing; only the pipeline named default matches every batch',
    ],
    [
      'an unknown processor',
      { ...base, steps: ['detect', { disect: {} }] },
      'steps[1]: there is no processor disect. Allowed: detect, json, dissect, combined_access, date, level, geoip, user_agent, scrub, rename, set. Did you mean dissect?',
    ],
    [
      'a step of two keys',
      { ...base, steps: [{ date: {}, level: {} }] },
      'steps[0]: must have one key, the name of a processor; has 2',
    ],
    [
      'a step of none',
      { ...base, steps: [{}] },
      'steps[0]: must have one key, the name of a processor; has 0',
    ],
    [
      'an unknown option',
      { ...base, steps: [{ date: { zon: 'UTC' } }] },
      'steps[0].date: unknown key zon. Allowed: field, formats, zone. Did you mean zone?',
    ],
    [
      'an option of a step without any',
      { ...base, steps: [{ json: { a: 1 } }] },
      'steps[0].json: unknown key a. Allowed: none.',
    ],
    [
      'an unknown zone',
      { ...base, steps: [{ date: { zone: 'Mars' } }] },
      'steps[0].date.zone: must be UTC, an offset such as +02:00, or an IANA name such as Europe/Berlin',
    ],
    [
      'an unknown format',
      { ...base, steps: [{ date: { formats: ['ISO'] } }] },
      'steps[0].date.formats[0]: "ISO" is not possible. Allowed: ISO8601, UNIX, CLF.',
    ],
    [
      'an illegal pattern',
      { ...base, steps: [{ dissect: { pattern: 'x' } }] },
      'steps[0].dissect.pattern: holds no key; a key is written %{field}',
    ],
    [
      'an illegal target',
      { ...base, route: [{ to: 'Logs' }] },
      'route[0].to: may hold lower-case letters, digits, ".", "_", "-" and placeholders such as {service.name}',
    ],
    [
      'an unknown key of a route',
      { ...base, route: [{ to: 'a-{date}', too: 'b' }] },
      'route[0]: unknown key too. Allowed: to. Did you mean to?',
    ],
    ['an illegal field', { ...base, emit: { 'a..b': 'c' } }, 'emit.a..b: Invalid key in record'],
  ])('says what is wrong with %s', (_what, written, problem) => {
    expect(problemsOf(written)).toEqual([problem]);
  });

  test('names every mistake, and the file', () => {
    const check = (): unknown => checkPipeline('x.yaml', { ...base, steps: ['jsn', 'dat'] });
    expect(check).toThrow(
      /^x\.yaml: steps\[0\].*Did you mean json\?\nx\.yaml: steps\[1\].*Did you mean date\?$/,
    );
  });
});
