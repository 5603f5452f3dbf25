import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTime, TIME_FORMATS } from './read-time.ts';
import { compileZone } from './zone.ts';

const utc = compileZone('UTC')!;
const read = (value: string | number | boolean, zone = utc): string | undefined =>
  readTime(value, TIME_FORMATS, zone)?.iso;

describe('readTime', () => {
  test.each([
    ['2025-11-02T10:11:12Z', '2025-11-02T10:11:12.000Z'],
    ['2025-11-02T10:11:12.3z', '2025-11-02T10:11:12.300Z'],
    ['2025-11-02T10:11:12.123456789Z', '2025-11-02T10:11:12.123456789Z'],
    ['2025-11-02T10:11:12.1234567891Z', '2025-11-02T10:11:12.123456789Z'],
    ['2025-11-02 10:11:12,345', '2025-11-02T10:11:12.345Z'],
    ['2025/11/02 10:11:12', '2025-11-02T10:11:12.000Z'],
    ['2025-11-02T10:11', '2025-11-02T10:11:00.000Z'],
    ['2025-11-02T10:11+02:00', '2025-11-02T08:11:00.000Z'],
    ['2025-11-02', '2025-11-02T00:00:00.000Z'],
    ['2025-11-02T10:11:12.5+0530', '2025-11-02T04:41:12.500Z'],
    ['2025-11-02T10:11:12 -08', '2025-11-02T18:11:12.000Z'],
    ['2024-02-29T23:59:60Z', '2024-03-01T00:00:00.000Z'],
    ['02/Nov/2025:10:11:12 +0100', '2025-11-02T09:11:12.000Z'],
    [1762078272, '2025-11-02T10:11:12.000Z'],
    ['1762078272.5', '2025-11-02T10:11:12.500Z'],
    [1762078272345, '2025-11-02T10:11:12.345Z'],
    ['1762078272345678', '2025-11-02T10:11:12.345678Z'],
    ['1762078272345678901', '2025-11-02T10:11:12.345678901Z'],
    ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
    ['2261-12-31T23:59:59.999Z', '2261-12-31T23:59:59.999Z'],
  ])('reads %s', (value, iso) => {
    expect(read(value)).toBe(iso);
  });

  test.each([
    '',
    'yesterday',
    '2025-13-02T10:11:12Z',
    '2025-00-02T10:11:12Z',
    '2025-02-29T10:11:12Z',
    '2100-02-29T10:11:12Z',
    '2025-04-31T10:11:12Z',
    '2025-11-00T10:11:12Z',
    '2025-11-02T24:11:12Z',
    '2025-11-02T10:60:12Z',
    '2025-11-02T10:11:61Z',
    '2025-11-02T10:11:12.Z',
    '2025-11-02T10:11:12X',
    '2025-11-02T10:11:12Zjunk',
    '2025-11-02T10:11:12+99:00',
    '2025-11-02T10:11:12+02:00x',
    '2025-11/02T10:11:12Z',
    '2025-11-02_10:11:12',
    '20x5-11-02T10:11:12Z',
    '1969-12-31T23:59:59Z',
    '1970-01-01T00:00:00+01:00',
    '2262-01-01T00:00:00Z',
    '02/Foo/2025:10:11:12 +0100',
    '176207827',
    '1762078272.x',
    '9223372036854775807',
    '2025-11-02T10:11:12'.padEnd(80, '0'),
  ])('refuses %j', (value) => {
    expect(read(value)).toBeUndefined();
  });

  test('refuses what is neither text nor number', () => {
    expect(read(true)).toBeUndefined();
  });

  test('reads back every time that JavaScript writes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: Date.UTC(2262, 0, 1) - 1 }),
        fc.integer({ min: -720, max: 840 }),
        (ms, minutes) => {
          const iso = new Date(ms).toISOString();
          expect(readTime(iso, ['ISO8601'], utc)).toEqual({ epochMs: ms, iso });
          const local = new Date(Math.max(ms + minutes * 60_000, 0)).toISOString().slice(0, -1);
          const shifted = readTime(local, ['ISO8601'], () => minutes * 60_000);
          if (ms + minutes * 60_000 >= 0) expect(shifted?.epochMs).toBe(ms);
        },
      ),
    );
  });
});

describe('compileZone', () => {
  test.each([
    ['Europe/Berlin', '2025-07-02T10:11:12', '2025-07-02T08:11:12.000Z'],
    ['Europe/Berlin', '2025-12-02T10:11:12', '2025-12-02T09:11:12.000Z'],
    ['America/New_York', '2025-03-09T03:00:00', '2025-03-09T07:00:00.000Z'],
    ['Asia/Kolkata', '2025-07-02T10:11:12', '2025-07-02T04:41:12.000Z'],
    ['-03:30', '2025-07-02T10:11:12', '2025-07-02T13:41:12.000Z'],
    ['Africa/Abidjan', '2025-07-02T10:11:12', '2025-07-02T10:11:12.000Z'],
  ])('counts %s', (name, local, iso) => {
    const zone = compileZone(name)!;
    expect(read(local, zone)).toBe(iso);
    expect(read(local, zone)).toBe(iso);
  });

  test('forgets quarters of an hour rather than growing without end', () => {
    const zone = compileZone('Europe/Berlin')!;
    for (let quarter = 0; quarter < 1100; quarter += 1) zone(quarter * 900_000);
    expect(zone(Date.UTC(2025, 6, 1))).toBe(7_200_000);
  });

  test.each(['Mars/Olympus', '', '+2', 'Europe'])('knows no zone %j', (name) => {
    expect(compileZone(name)).toBeUndefined();
  });
});
