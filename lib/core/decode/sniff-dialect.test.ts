import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sniffDialect } from './sniff-dialect.ts';
import { countRecords } from './split-records.ts';

describe('sniffDialect', () => {
  test.each([
    ['{"a":1}', 'json'],
    ['{\n"a":1\n}\n', 'json'],
    ['{\n"a":1\n}\n{"b":2}', 'json'],
    ['{"a":1}\n{"b":2}\n', 'ndjson'],
    ['\ufeff{"a":1}\nplain line\n', 'ndjson'],
    ['[{"a":1}]', 'json'],
    ['[INFO] started', 'text'],
    ['{cut', 'text'],
    ['INFO|app|2026-11-21 13:36:00|hello', 'text'],
    ['', 'text'],
  ])('takes %j for %s', (body, dialect) => {
    expect(sniffDialect(Buffer.from(body))).toBe(dialect);
  });

  test('takes what was joined by newlines for as many records as were joined', () => {
    const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1 });
    fc.assert(
      fc.property(objects, (values) => {
        const body = Buffer.from(values.map((value) => JSON.stringify(value)).join('\n'));
        expect(countRecords(sniffDialect(body), body)).toBe(values.length);
      }),
    );
  });
});
