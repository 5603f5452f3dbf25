import type { ZoneOffset } from './instant.ts';
import { readOffset } from './iso-time.ts';

const QUARTER_HOUR_MS = 900_000;
const REMEMBERED_AT_MOST = 1000;

/**
 * Compiles a zone: `UTC`, an offset such as `+02:00`, or an IANA name such as `Europe/Berlin`. Undefined where there is
 * no such zone. An hour that a clock passes twice, or skips, is read in one of its two offsets.
 */
export function compileZone(name: string): ZoneOffset | undefined {
  if (name === 'UTC' || name === 'Z') return () => 0;
  const fixed = readOffset(name, 0);
  if (!Number.isNaN(fixed)) return () => fixed;
  const format = zoneFormat(name);
  return format === undefined ? undefined : namedZone(format);
}

function zoneFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  } catch {
    // There is no other way to ask: `supportedValuesOf` leaves out aliases such as Asia/Kolkata.
    return undefined;
  }
}

function namedZone(format: Intl.DateTimeFormat): ZoneOffset {
  const offsetAt = (utcMs: number): number => {
    const label = format.formatToParts(utcMs).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
    return label === 'GMT' ? 0 : readOffset(label, 'GMT'.length);
  };
  // Formatting costs more than reading the line, and clocks change on quarter hours.
  const remembered = new Map<number, number>();
  return (wallClockMs) => {
    const quarter = Math.floor(wallClockMs / QUARTER_HOUR_MS);
    const known = remembered.get(quarter);
    if (known !== undefined) return known;
    const offset = offsetAt(wallClockMs - offsetAt(wallClockMs));
    if (remembered.size >= REMEMBERED_AT_MOST) remembered.clear();
    remembered.set(quarter, offset);
    return offset;
  };
}
