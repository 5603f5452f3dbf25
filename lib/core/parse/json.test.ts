import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogEvent } from '../event/log-event.ts';
import { json } from './json.ts';

const step = json.build({}, {});
const context = { receivedAtMs: 0, source: 'test' };

function read(message: LogEvent[string], fields: LogEvent = {}): LogEvent {
  const event: LogEvent = { ...fields, message };
  step(event, context);
  return event;
}

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('json', () => {
  test.each<[string, string, LogEvent]>([
    ['a number as text', '42', { message: '42' }],
    ['a text as its content', '"hi"', { message: 'hi' }],
    ['null as text', 'null', { message: 'null' }],
    ['a list as text', '[1,{"a":2}]', { message: '[1,{"a":2}]' }],
    ['an object without a message', '{"a":1}', { a: 1 }],
    ['a message that is null', '{"message":null,"a":1}', { a: 1 }],
    [
      'a message that is an object',
      '{"message":{"a":1}}',
      { message: '{"a":1}', weir: { flags: ['coerced'] } },
    ],
    ['a message under another name', '{"msg":"hi"}', { message: 'hi' }],
    ['two messages', '{"msg":"a","message":"b"}', { message: 'b', msg: 'a' }],
    [
      'the line of a container runtime',
      '{"log":"hi","stream":"stdout"}',
      { message: 'hi', stream: 'stdout' },
    ],
    ['log as an object', '{"log":{"level":"info"}}', { log: { level: 'info' } }],
    ['a level by another name', '{"severity":"ERROR"}', { log: { level: 'ERROR' } }],
    ['a level that is none', '{"level":"high"}', { level: 'high' }],
    ['two levels', '{"level":"info","log.level":"warn"}', { log: { level: 'warn' }, level: 'info' }],
    ['a trace', '{"trace_id":"t","spanId":"s"}', { trace: { id: 't' }, span: { id: 's' } }],
    [
      'a plain service beside a dotted one',
      '{"service.name":"a","service":"b"}',
      { service: { name: 'a', value: 'b' } },
    ],
    ['a list of hosts', '{"host":["a","b"]}', { host: { name: ['a', 'b'] } }],
    ['a list of objects', '{"host":[{"name":"a"}]}', { host: [{ name: 'a' }] }],
    ['a tag', '{"tags":"a"}', { tags: ['a'] }],
    ['tags', '{"tags":["a","b"]}', { tags: ['a', 'b'] }],
    ['tags that are none', '{"tags":{"a":1}}', { weir: { extra: { tags: { a: 1 } }, flags: ['folded'] } }],
    ['tags that are null', '{"tags":null}', {}],
    [
      'fields that are Weir’s own',
      '{"weir":{"batch":"x"}}',
      { weir: { extra: { weir: { batch: 'x' } }, flags: ['folded'] } },
    ],
    ['dotted names in lists', '{"items":[{"a.b":1},2]}', { items: [{ a: { b: 1 } }, 2] }],
    [
      'one name in two ways',
      '{"a":{"b":1},"a.c":2,"a.b":3}',
      {
        a: { b: 1, c: 2 },
        weir: { extra: { 'a.b': 3 }, flags: ['folded'] },
      },
    ],
  ])('reads %s', (_what, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test.each(['', '.', '..', ' ', 'a.', '.a', 'a..b', 'a. .b', 'x'.repeat(513)])(
    'folds the name %j',
    (name) => {
      expect(read(JSON.stringify({ [name]: 1, b: 2 }))).toEqual({
        b: 2,
        weir: { extra: { [name]: 1 }, flags: ['folded'] },
      });
    },
  );

  test('keeps what the transport says, and folds what contradicts it', () => {
    expect(read('{"cloud":{"region":"eu","zone":"a"}}', { cloud: { region: 'us' } })).toEqual({
      cloud: { region: 'us', zone: 'a' },
      weir: { extra: { 'cloud.region': 'eu' }, flags: ['folded'] },
    });
  });

  test('does not read what is not text', () => {
    expect(step({}, context)?.tag).toBe('_parsefailure');
  });

  test('keeps 20 levels and folds what is below', () => {
    expect(read(nested(20))).toEqual(JSON.parse(nested(20)));
    const folded = read(nested(21));
    expect(Object.keys(folded)).toContain('weir');
    expect(JSON.stringify(folded)).toContain('"extra"');
  });

  test('folds lists that nest below 20 levels as text', () => {
    const event = read(`{"a.b":1,"c":${'['.repeat(30)}{"d":1}${']'.repeat(30)}}`);
    expect(JSON.stringify(event)).toContain('\\"d\\":1');
  });

  test.each([1000, 20_000])('survives %i levels', (depth) => {
    const event = read(nested(depth));
    expect(JSON.stringify(event).length).toBeGreaterThan(depth);
  });

  test('keeps 500 leaves, the telling ones among them, and folds the rest', () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key${index}`, index]));
    const event = read(JSON.stringify({ ...many, message: 'hi', level: 'info' }));
    expect(event['message']).toBe('hi');
    expect(Object.keys(event).length).toBeLessThan(510);
    const { extra } = event['weir'] as { extra: LogEvent };
    expect(Object.keys(extra)).toHaveLength(9500);
  });

  test('throws nothing, loses nothing and pollutes nothing on any JSON', () => {
    const name = fc.oneof(
      fc.string(),
      fc.constantFrom('__proto__', 'constructor', 'a.b', '', 'log', 'host', 'tags', 'weir'),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 6 },
        fc.jsonValue(),
        fc.array(tie('value')),
        fc.dictionary(name, tie('value')),
      ),
    }));
    fc.assert(
      fc.property(value, (input) => {
        const event = read(JSON.stringify(input));
        expect(() => JSON.stringify(event)).not.toThrow();
        expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
        expect(({} as LogEvent)['polluted']).toBeUndefined();
      }),
    );
  });
});
