import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogEvent } from '../event/log-event.ts';
import { checkPipeline } from './check-pipeline.ts';
import { compilePipelines } from './compile-pipelines.ts';
import type { Pipeline } from './pipeline.ts';

const RECEIVED = '2025-11-02T12:00:00.000Z';
const context = { receivedAtMs: Date.parse(RECEIVED), source: 'shop' };
const STAMPED = { pipeline: 'default', source: 'shop' };

const pipeline = (written: object): Pipeline => checkPipeline('test', { steps: ['detect'], ...written });
const chain = compilePipelines([], {}).select({ source: 'shop', dialect: 'text' });

function run(text: string, record: object = {}): { event: LogEvent; index: string; timeMs: number } {
  const routed = chain.run({ text, ...record }, context);
  if (routed.kind !== 'event') throw new Error('excluded');
  return routed;
}

describe('select', () => {
  const all = ['a*', 'app*', 'app-1', '*'].map((source) =>
    pipeline({ name: `p${source.replaceAll('*', 'x')}`, match: { source } }),
  );
  const json = pipeline({ name: 'json', match: { source: 'app*', dialect: 'json' } });
  const compiled = compilePipelines([...all, json], {});

  test.each([
    ['app-1', 'text', 'papp-1'],
    ['app-2', 'text', 'pappx'],
    ['app-2', 'json', 'json'],
    ['a', 'text', 'pax'],
    ['b', 'text', 'px'],
  ])('finds for %s, %s the pipeline %s', (source, dialect, name) => {
    expect(compiled.select({ source, dialect }).name).toBe(name);
    expect(compiled.select({ source, dialect })).toBe(compiled.select({ source, dialect }));
  });

  test('falls back to the built-in default, or to the pipeline of that name', () => {
    const origin = { source: 'b', dialect: 'text' };
    expect(compilePipelines([], {}).select(origin).name).toBe('default');
    const own = compilePipelines([pipeline({ name: 'default', route: [{ to: 'own-{date}' }] })], {});
    expect(own.select(origin).run({ text: 'x' }, context)).toMatchObject({
      index: expect.stringMatching(/^own-/),
    });
  });

  test('takes signs in a source as they are', () => {
    const dotted = compilePipelines([pipeline({ name: 'dotted', match: { source: ['a.b*', 'c'] } })], {});
    expect(
      ['a.bc', 'axb', 'c', 'cc'].map((source) => dotted.select({ source, dialect: 'text' }).name),
    ).toEqual(['dotted', 'default', 'dotted', 'default']);
  });

  test('names its pipelines', () => {
    expect(compiled.names).toContain('json');
    expect(compiled.named('json')?.name).toBe('json');
    expect(compiled.named('none')).toBeUndefined();
  });
});

describe('the default pipeline', () => {
  test('makes a whole event of a line', () => {
    expect(run('WARN|app.shop|2025-11-02T10:11:12.3|to bob@example.com')).toEqual({
      kind: 'event',
      index: 'logs-shop-default',
      timeMs: Date.parse('2025-11-02T10:11:12.300Z'),
      event: {
        '@timestamp': '2025-11-02T10:11:12.300Z',
        message: 'to [email]',
        log: { level: 'warn', logger: 'app.shop', syslog: { severity: { code: 4 } } },
        event: { ingested: RECEIVED, original: 'WARN|app.shop|2025-11-02T10:11:12.3|to [email]' },
        service: { name: 'shop' },
        data_stream: { type: 'logs', dataset: 'shop', namespace: 'default' },
        weir: { ...STAMPED, flags: ['scrubbed:email'] },
      },
    });
  });

  test.each(['', ' ', '\ufffd\ufffd', '{', 'a|b|c|d', '\u0000'])('keeps the line %j', (line) => {
    expect(run(line).event).toMatchObject({
      message: line,
      '@timestamp': RECEIVED,
      tags: ['_parsefailure'],
      weir: { flags: ['failed:detect', 'time:received'] },
    });
  });

  test('takes the time and the fields of the transport', () => {
    const fields = { cloud: { account: { id: '1' } }, labels: { list: ['a'] } };
    const { event, timeMs } = run('hello', { timeMs: 1, fields });
    expect(event).toMatchObject({ ...fields, '@timestamp': '1970-01-01T00:00:00.001Z' });
    expect(event['weir']).toEqual({ ...STAMPED, flags: ['failed:detect'] });
    expect(timeMs).toBe(1);
    (event['labels'] as { list: string[] }).list.push('b');
    expect(fields.labels.list).toEqual(['a']);
  });

  test('keeps what is not a time, scrubbed and as text', () => {
    const { event } = run('{"@timestamp":"bob@example.com","service":""}');
    expect(event).toMatchObject({
      '@timestamp': RECEIVED,
      tags: ['_dateparsefailure'],
      service: { name: 'shop' },
      weir: { extra: '{"@timestamp":"[email]"}' },
    });
  });

  test('says which databases are missing', () => {
    const line = '8.8.8.8 - - [02/Nov/2025:10:11:12 +0000] "GET / HTTP/1.1" 200 5 "-" "curl/8"';
    expect(run(line).event['weir']).toEqual({
      ...STAMPED,
      flags: ['geo:unavailable', 'user_agent:unavailable'],
    });
  });

  test('cuts a keyword that an index would refuse, and no prose', () => {
    const { event } = run(
      JSON.stringify({ message: 'm'.repeat(40_000), key: 'k'.repeat(40_000), list: ['l'.repeat(40_000)] }),
    );
    expect(
      [event['message'], event['key'], (event['list'] as string[])[0]].map(
        (value) => (value as string).length,
      ),
    ).toEqual([40_000, 32_766, 32_766]);
    expect(event['weir']).toMatchObject({ flags: ['time:received', 'cut'] });
  });

  test.each([
    ['a line', 'x'.repeat(2_000_000)],
    ['control characters', '\u0001'.repeat(1_000_000)],
    ['a level and a line', `INFO|a|2025-11-02T10:11:12|${'x'.repeat(900_000)}`],
    [
      'many texts',
      JSON.stringify(
        Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`k${index}`, 'x'.repeat(5000)])),
      ),
    ],
    [
      'many fields',
      JSON.stringify(
        Object.fromEntries(Array.from({ length: 90_000 }, (_, index) => [`key-number-${index}`, index])),
      ),
    ],
    ['a list of numbers', `{"list":[${'1234567,'.repeat(200_000)}0],"":1}`],
    ['a name', `{"${'n'.repeat(1_500_000)}":1}`],
  ])('bounds an event that was made of %s', (_what, text) => {
    const { event } = run(text);
    expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThanOrEqual(1_048_576);
    expect(JSON.stringify(event['weir'])).toMatch(/"cut"|"folded"/);
    expect(event['@timestamp']).toBeDefined();
  });

  test('makes an event of every line there is', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '"',
      ':',
      '|',
      ' ',
      '[',
      ']',
      'INFO',
      '2025-11-02T10:11:12',
      '1',
      '@',
      '\\',
      '-',
      'GET / HTTP/1.1',
      '] "',
    );
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(line, (text) => {
        const { event, index, timeMs } = run(text);
        expect(event['@timestamp']).toBe(
          new Date(timeMs).toISOString().slice(0, 19) + (event['@timestamp'] as string).slice(19),
        );
        expect(JSON.parse(JSON.stringify(event))).toEqual(event);
        expect(JSON.stringify(event)).not.toContain('_stepfailure');
        expect(index).toMatch(/^logs-[^A-Z\s]+-default$/);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a pipeline', () => {
  test('is scrubbed though it does not say so, unless it says not to', () => {
    const run = (steps: unknown[]): unknown =>
      compilePipelines([pipeline({ name: 'default', steps })], {})
        .select({ source: 'x', dialect: 'text' })
        .run({ text: '{"message":"bob@example.com"}' }, context);
    expect(run(['json'])).toMatchObject({ event: { message: '[email]' } });
    expect(run(['json', { scrub: { entities: [] } }])).toMatchObject({
      event: { message: 'bob@example.com' },
    });
  });

  test('goes on behind a step that has a fault', () => {
    const userAgent = (): never => {
      throw new Error('fault');
    };
    const faulty = compilePipelines([], { userAgent }).select({ source: 'x', dialect: 'text' });
    expect(faulty.run({ text: '{"user_agent":"x","message":"bob@example.com"}' }, context)).toMatchObject({
      event: { message: '[email]', tags: ['_stepfailure'] },
    });
  });

  test('gives every event a time, though no step reads one', () => {
    const plain = compilePipelines([pipeline({ name: 'default', steps: ['json'] })], {}).named('default');
    for (const [time, expected] of [
      ['2025-11-02T10:11:12Z', '2025-11-02T10:11:12.000Z'],
      ['2025-11-02T10:11:12.345Z', '2025-11-02T10:11:12.345Z'],
      [7, RECEIVED],
    ]) {
      expect(plain?.run({ text: JSON.stringify({ '@timestamp': time }) }, context)).toMatchObject({
        event: { '@timestamp': expected },
      });
    }
  });

  test('refuses steps that were not checked', () => {
    const unchecked = { ...pipeline({ name: 'default' }), steps: [{ processor: 'none', options: {} }] };
    expect(() => compilePipelines([unchecked], {}).named('default')).toThrow(/must be checked/);
  });
});
