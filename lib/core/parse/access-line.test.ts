import { describe, expect, test } from 'vitest';
import type { LogEvent } from '../event/log-event.ts';
import { readAccessLine } from './access-line.ts';
import { combinedAccess } from './combined-access.ts';

const TIME = '[02/Nov/2025:10:11:12 +0000]';

describe('readAccessLine', () => {
  test('reads escaped quotes and backslashes', () => {
    const line = readAccessLine(String.raw`::1 - - ${TIME} "GET /a\"b\\" 200 5 "-" "x \"y\""`);
    expect(line).toMatchObject({
      client: '::1',
      request: String.raw`GET /a\"b\\`,
      agent: String.raw`x \"y\"`,
    });
  });

  test('reads a user with blanks and a list of clients', () => {
    const line = readAccessLine(`10.0.0.1, 8.8.8.8 - john doe ${TIME} "GET / HTTP/1.1" 200 5`);
    expect(line).toMatchObject({ client: '10.0.0.1, 8.8.8.8', user: 'john doe', agent: '-', referrer: '-' });
  });

  test.each([
    '',
    'hello',
    `1.2.3.4 - - ${TIME} GET / HTTP/1.1 200 5`,
    `1.2.3.4 - - ${TIME} "GET / HTTP/1.1 200 5`,
    `1.2.3.4 - - ${TIME} "GET / HTTP/1.1" abc 5`,
    `1.2.3.4 - - ${TIME} "GET / HTTP/1.1" 200`,
    `1.2.3.4 - - ${TIME} "GET / HTTP/1.1" 200 many`,
    `1.2.3.4 - - ${TIME} "GET / HTTP/1.1"200 5`,
    `1.2.3.4 - ${TIME} "GET / HTTP/1.1" 200 5`,
    ` [ ] "`,
  ])('refuses %j', (line) => {
    expect(readAccessLine(line)).toBeUndefined();
  });
});

describe('combined_access', () => {
  const step = combinedAccess.build({}, {});
  const read = (message: string, fields: LogEvent = {}): LogEvent => {
    const event: LogEvent = { ...fields, message };
    step(event, { receivedAtMs: 0, source: 'test' });
    return event;
  };

  test.each([
    [
      'the public address behind a proxy',
      `10.0.0.1 - - ${TIME} "GET / HTTP/1.1" 200 5 "-" "x" "192.168.1.1, 8.8.8.8"`,
      { address: '10.0.0.1', ip: '8.8.8.8' },
    ],
    [
      'the last of private addresses',
      `10.0.0.1 - - ${TIME} "GET / HTTP/1.1" 200 5`,
      { address: '10.0.0.1', ip: '10.0.0.1' },
    ],
    [
      'no address with a zone',
      `fe80::1%eth0 - - ${TIME} "GET / HTTP/1.1" 200 5`,
      { address: 'fe80::1%eth0' },
    ],
    [
      'no address with leading zeros',
      `010.1.1.1 - - ${TIME} "GET / HTTP/1.1" 200 5`,
      { address: '010.1.1.1' },
    ],
  ])('takes %s', (_what, line, source) => {
    expect(read(line)['source']).toEqual(source);
  });

  test.each([
    ['GET http://example.com/a HTTP/1.1', { original: 'http://example.com/a' }],
    ['GET /a b HTTP/1.1', { original: '/a b', path: '/a b' }],
    ['GET /a? HTTP/2.0', { original: '/a?', path: '/a', query: '' }],
    ['-', undefined],
    ['GET / ', undefined],
  ])('reads the target of %j', (request, url) => {
    expect(read(`1.2.3.4 - - ${TIME} "${request}" 200 5`)['url']).toEqual(url);
  });

  test('keeps the referrer of a request that is not HTTP', () => {
    expect(read(`1.2.3.4 - - ${TIME} "-" 400 0 "https://a.example/" "-"`)['http']).toEqual({
      request: { referrer: 'https://a.example/' },
      response: { status_code: 400, body: { bytes: 0 } },
    });
  });

  test('adds to what the transport says', () => {
    const event = read(`1.2.3.4 - - ${TIME} "GET / HTTP/1.1" 200 5`, { http: { version: '2' } });
    expect(event['http']).toMatchObject({ version: '2', request: { method: 'GET' } });
    expect(event['weir']).toEqual({ extra: { 'http.version': '1.1' }, flags: ['folded'] });
  });

  test('does not share what it remembers of a client', () => {
    const line = `8.8.8.8 - - ${TIME} "GET / HTTP/1.1" 200 5`;
    (read(line)['source'] as LogEvent)['ip'] = 'changed';
    expect(read(line)['source']).toEqual({ address: '8.8.8.8', ip: '8.8.8.8' });
  });
});
