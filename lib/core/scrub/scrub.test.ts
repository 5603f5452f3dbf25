import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogEvent } from '../event/log-event.ts';
import { scrub } from './scrub.ts';

const context = { receivedAtMs: 0, source: 'test' };
const step = scrub.build(scrub.options.parse({}), {});
const scrubbed = (event: LogEvent): LogEvent => {
  step(event, context);
  return event;
};
const text = (message: string): unknown => scrubbed({ message })['message'];

describe('scrub', () => {
  test.each([
    ['to bob.smith+x@mail.example.co.uk.', 'to [email].'],
    ['<bob@example.com>,ann@example.org', '<[email]>,[email]'],
    ['?to=bob%40example.com&x=1', '?to=[email]&x=1'],
    ['https://user:pass@example.com/', 'https://user:[email]/'],
    ['jürgen@bücher.example', '[email]'],
    ['a@xn--bcher-kva.xn--p1ai', '[email]'],
    ["'--bob@example.com", "'--[email]"],
    ['4111111111111111', '[card]'],
    ['4111-1111-1111-1111.', '[card].'],
    ['3782 822463 10005', '[card]'],
    ['5555555555554444,2223003122003222', '[card],[card]'],
    ['6011111111111117 30569309025904 3530111333300000', '[card] [card] [card]'],
    ['6200000000000005', '[card]'],
    ['SSN 078-05-1120;', 'SSN [ssn];'],
    ['Authorization: Bearer abcdefgh.ijk==', 'Authorization: Bearer [token]'],
    ['got bearer eyJhbGciOiJIUzI1NiJ9.e30.abc', 'got bearer [token]'],
    ['authorization=Basic dXNlcjpwYXNz', 'authorization=[secret]'],
    ['password=hunter2&user=bob', 'password=[secret]&user=bob'],
    ['{"api_key": "ab,c", "x": 1}', '{"api_key": "[secret]", "x": 1}'],
    ["client_secret: 'a b'", "client_secret: '[secret]'"],
    [String.raw`{\"token\":\"abc\"}`, String.raw`{\"token\":\"[secret]\"}`],
  ])('masks %j', (line, masked) => {
    expect(text(line)).toBe(masked);
  });

  test.each([
    'git@host',
    'user@1.2.3.4',
    '@example.com',
    'a@b',
    '50%40',
    '4111111111111112',
    '1762078272345678',
    '0.4111111111111111',
    'x4111111111111111',
    '41111111111111110000',
    '078-05-0000',
    '666-05-1120',
    '900-05-1120',
    '1078-05-1120',
    '078-05-11201',
    'the bearer of news',
    'tokens: 17',
    'password is wrong',
    '2025-11-02T10:11:12.345Z',
    '4bf92f3577b34da6a3ce929d0e0e4736',
  ])('leaves %j alone', (line) => {
    expect(scrubbed({ message: line })).toEqual({ message: line });
  });

  test('looks into every list and object', () => {
    expect(scrubbed({ a: [{ b: ['bob@example.com', 1, null] }] })).toEqual({
      a: [{ b: ['[email]', 1, null] }],
      weir: { flags: ['scrubbed:email'] },
    });
  });

  test('hides what a secret field holds, of any shape', () => {
    const event = scrubbed({
      secrets: 1,
      clientSecret: { a: ['x', 2, true, null], b: '' },
      'X-Api-Key': 7,
      cvv: '',
    });
    expect(event).toEqual({
      secrets: 1,
      clientSecret: { a: ['[secret]', '[secret]', true, null], b: '' },
      'X-Api-Key': '[secret]',
      cvv: '',
      weir: { flags: ['scrubbed:field'] },
    });
  });

  test('does nothing when it is switched off', () => {
    const event = { message: 'bob@example.com', password: 'x' };
    scrub.build(scrub.options.parse({ entities: [] }), {})(event, context);
    expect(event).toEqual({ message: 'bob@example.com', password: 'x' });
  });

  test('changes nothing the second time', () => {
    const piece = fc.constantFrom(
      ...[
        'bob',
        '@',
        'example.com',
        '.',
        '-',
        ' ',
        '=',
        ':',
        '"',
        "'",
        '\\',
        '%40',
        '4111111111111111',
        '078-05-1120',
      ],
      ...[
        'password',
        'token',
        'Bearer',
        'authorization',
        'abcdefgh12',
        '[email]',
        '[secret]',
        '1',
        '+',
        '\u00e9',
      ],
    );
    const line = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, line, fc.array(tie('value')), fc.dictionary(line, tie('value'))),
    }));
    fc.assert(
      fc.property(fc.dictionary(line, value), (fields) => {
        const once = scrubbed(fields as LogEvent);
        const before = JSON.stringify(once);
        expect(JSON.stringify(scrubbed(once))).toBe(before);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    'a',
    '1',
    '@',
    'a@',
    'a@a.',
    '.',
    '%40',
    '4111 ',
    '1111-',
    'bearer ',
    'token=',
    'token="',
    'password',
    '\\',
    '"',
    ' ',
    '\u00e9',
  ])('comes to an end on 400 kB of %j, where a quadratic step would not', (piece) => {
    const long = String(text(piece.repeat(400_000 / piece.length)));
    expect(text(long)).toBe(long);
  });
});
