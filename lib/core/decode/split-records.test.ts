import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DialectName } from '../batch/envelope.ts';
import { countRecords, splitRecords } from './split-records.ts';

const textsOf = (dialect: DialectName, body: string | Buffer): string[] =>
  [...splitRecords(dialect, Buffer.from(body as string))].map((record) => record.text);

/** Bodies made of the pieces that a scanner could stumble over. */
const pieces = fc.array(
  fc.constantFrom(
    ...['{', '}', '[', ']', '"', '\\', ',', ':', '\n', '\r\n', ' ', 'a', '1', 'null', '\ufeff', '\u{1f600}'],
    ...['{"a":1}', '{"a":"x\\"}"}', '[1,2]', '"text"', 'INFO line', '{\n  "a": [{}]\n}', '{"cut'],
  ),
  { maxLength: 30 },
);
const anyBody = fc.oneof(
  pieces.map((parts) => Buffer.from(parts.join(''))),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
);

describe('splitRecords', () => {
  test('yields as many records as countRecords counts, on any bytes in any dialect', () => {
    fc.assert(
      fc.property(fc.constantFrom(...DialectName.options), anyBody, (dialect, body) => {
        expect([...splitRecords(dialect, body)]).toHaveLength(countRecords(dialect, body));
      }),
      { numRuns: 2000 },
    );
  });

  test('loses nothing but white space, brackets and commas, on any text in any dialect', () => {
    const visible = (text: string) => text.replace(/[\s[\],\ufeff]/g, '');
    fc.assert(
      fc.property(fc.constantFrom<DialectName>('ndjson', 'json', 'text'), pieces, (dialect, parts) => {
        const body = parts.join('');
        expect(visible(textsOf(dialect, body).join(''))).toBe(visible(body));
      }),
      { numRuns: 2000 },
    );
  });

  test('gives back the elements of any JSON array, however it is laid out', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(0, 2, '\t'), (values, indent) => {
        const texts = textsOf('json', JSON.stringify(values, null, indent));
        expect(texts.map((text) => JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(values)));
      }),
    );
  });

  test('gives back objects in any layout and with any gap between them', () => {
    const gaps = fc.constantFrom('', '\n', ' ', '\r\n\r\n', '\t\n');
    const laidOut = fc.tuple(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(0, 2), gaps);
    fc.assert(
      fc.property(fc.array(laidOut), (entries) => {
        const body = entries
          .map(([value, indent, gap]) => JSON.stringify(value, null, indent) + gap)
          .join('');
        const values = entries.map(([value]) => JSON.parse(JSON.stringify(value)));
        expect(textsOf('json', body).map((text) => JSON.parse(text))).toEqual(values);
      }),
    );
  });

  test.each(['ndjson', 'text'] as const)('reads %s as its lines', (dialect) => {
    expect(textsOf(dialect, '\ufeffone\r\n\n  two \n \t \r\n\rthree')).toEqual(['one', '  two ', '\rthree']);
    expect(textsOf(dialect, 'one\r')).toEqual(['one']);
    expect(textsOf(dialect, '')).toEqual([]);
    expect(textsOf(dialect, ' \n\r\n')).toEqual([]);
  });

  test('replaces broken UTF-8 and keeps the rest of the line', () => {
    const body = Buffer.concat([Buffer.from('a'), Buffer.from([0xff]), Buffer.from('b\nc')]);
    expect([...splitRecords('text', body)].map(({ text }) => text)).toEqual(['a\ufffdb', 'c']);
  });

  test.each([
    ['one object', '{"a":1}', ['{"a":1}']],
    ['one object over several lines', '\ufeff\n{\n "a": {"b": "}"}\n}\n', ['{\n "a": {"b": "}"}\n}']],
    ['an array', ' [{"a":"],["}, 1 ,"x", null,[2]] \n', ['{"a":"],["}', '1', '"x"', 'null', '[2]']],
    ['an empty array', '[ ]', []],
    ['lines under the wrong label', '{"a":1}\r\n\n{"b":2}\n', ['{"a":1}', '{"b":2}']],
    ['objects one behind the other', '{"a":1}{"b":2} {"c":3}', ['{"a":1}', '{"b":2}', '{"c":3}']],
    ['text between objects', '{"a":1}\n  at x (y)\n{"b":2}', ['{"a":1}', '  at x (y)', '{"b":2}']],
    ['a line with something behind its object', '{"a":1} x\n{"b":2}', ['{"a":1} x', '{"b":2}']],
    ['a line cut inside a string', '{"a":"x\n{"b":2}', ['{"a":"x', '{"b":2}']],
    ['a line cut inside an object', '{"a":1\n{"b":2}\n', ['{"a":1', '{"b":2}']],
    ['an array without its end', '[{"a":1},\n{"b":2}\n', ['[{"a":1},', '{"b":2}']],
    ['an array with a comma too many', '[1,\n2,]', ['[1,', '2,]']],
    ['an array with something behind it', '[1]\n[2]', ['[1]', '[2]']],
    ['an array without a comma', '[1 2]', ['[1 2]']],
    ['an object closed by a bracket', '{"a":1]\n', ['{"a":1]']],
    ['text in brackets', '[INFO] started\n', ['[INFO] started']],
    ['a scalar', '"text"', ['"text"']],
  ])('reads JSON that is %s', (_name, body, texts) => {
    expect(textsOf('json', body)).toEqual(texts);
  });

  test('comes to an end on megabytes of opening brackets and empty lines, where a quadratic scan would not', () => {
    expect(countRecords('json', Buffer.alloc(2 ** 22, '['))).toBe(1);
    expect(countRecords('json', Buffer.from('{"a":\n'.repeat(2 ** 19)))).toBe(2 ** 19);
    expect(countRecords('text', Buffer.alloc(2 ** 22, '\n'))).toBe(0);
  });
});
