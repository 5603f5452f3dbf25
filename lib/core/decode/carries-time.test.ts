import { describe, expect, test } from 'vitest';
import { carriesTime } from './carries-time.ts';

describe('carriesTime', () => {
  test.each([
    '2026-11-21 13:36:00,123 INFO main started',
    '[2026-11-21T13:36:00Z] started',
    'INFO|orders.api|2026-11-21 13:36:00.123|hello',
    'ERROR 2026-11-21 13:36:00 failed',
    '203.0.113.9 - - [21/Nov/2026:13:36:00 +0000] "GET / HTTP/1.1" 200 5',
    '<34>Nov 21 13:36:00 host su: failed',
    '<34>1 2026-11-21T13:36:00Z host su - - - failed',
    'level=info ts=2026-11-21T13:36:00Z msg=hello',
    '{"@timestamp":"2026-11-21T13:36:00Z","message":"hello"}',
    '{"level":30,"time":1795268160123,"msg":"hello"}',
    '{"date":1795268160.45,"log":"hello"}',
  ])('finds the time of %s', (line) => {
    expect(carriesTime('ndjson', Buffer.from(`${line}\n${line}\n`))).toBe(true);
  });

  test.each([
    'hello',
    'certificate of api expires at 2027-01-01 00:00:00',
    '{"message":"certificate expires 2027-01-01T00:00:00Z"}',
    '{"message":"the \\"time\\": 1795268160"}',
    '{"date":"2026-11-21","message":"hello"}',
    '{"time":null}',
    '{"duration":{"time":12}}',
  ])('finds none in %s', (line) => {
    expect(carriesTime('ndjson', Buffer.from(line))).toBe(false);
  });

  test('wants it in every record', () => {
    const timed = '{"ts":1795268160,"message":"a"}';
    expect(carriesTime('json', Buffer.from(`[${timed},${timed}]`))).toBe(true);
    expect(carriesTime('json', Buffer.from(`[${timed},{"message":"b"}]`))).toBe(false);
    expect(carriesTime('text', Buffer.from(`2026-11-21 13:36:00 a\n\n  at b`))).toBe(false);
  });

  test('finds it in any CloudWatch payload, whose events have one each', () => {
    expect(carriesTime('cloudwatch', Buffer.from('{"logEvents":[]}'))).toBe(true);
  });
});
