import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { shiftTimes } from './shift-times.ts';

const NOW = Date.parse('2026-11-21T14:30:42.500Z');
const shift = (text: string): string => shiftTimes(Buffer.from(text, 'latin1'), NOW).toString('latin1');

test('shiftTimes moves every notation of time into the five whole minutes before now', () => {
  expect(shift('{"@timestamp":"2026-01-01T10:00:03.578Z"}')).toBe(
    '{"@timestamp":"2026-11-21T14:25:03.578Z"}',
  );
  expect(shift('INFO|a|2026-01-01T10:04:59|m')).toBe('INFO|a|2026-11-21T14:29:59|m');
  expect(shift('[01/Jan/2026:10:01:06 +0000]')).toBe('[21/Nov/2026:14:26:06 +0000]');
  expect(shift('"timestamp": 1767261600000')).toBe(`"timestamp": ${Date.parse('2026-11-21T14:25:00Z')}`);
});

test('shiftTimes leaves every other byte alone', () => {
  const mixed = readFileSync(new URL('../../../events/mixed.txt', import.meta.url));
  const undated = (bytes: Buffer) =>
    bytes
      .toString('latin1')
      .replace(/\d/g, '')
      .replace(/Jan|Nov/g, '');
  expect(undated(shiftTimes(mixed, NOW))).toBe(undated(mixed));
});
