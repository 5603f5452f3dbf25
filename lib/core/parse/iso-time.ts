import { digitsEnd, type Instant, instantOf, readDigits, type ZoneOffset } from './instant.ts';

const MINUTE_MS = 60_000;

/**
 * Reads ISO 8601 and its everyday relatives: `T` or a blank between date and time, `-` or `/` in the date, `.` or `,`
 * before the fraction, seconds optional, zone `Z`, `+02`, `+0200`, `+02:00` or none (then `zone` says). Undefined for
 * anything else.
 */
export function readIsoTime(text: string, zone: ZoneOffset): Instant | undefined {
  const separator = text.charAt(4);
  if ((separator !== '-' && separator !== '/') || text.charAt(7) !== separator) return undefined;
  const year = readDigits(text, 0, 4);
  const month = readDigits(text, 5, 2);
  const day = readDigits(text, 8, 2);
  if (text.length === 10) return instantOf([year, month, day, 0, 0, 0], '', zone);
  if (!isTimeMark(text.charCodeAt(10)) || text.charAt(13) !== ':') return undefined;
  const hour = readDigits(text, 11, 2);
  const minute = readDigits(text, 14, 2);
  let end = 16;
  let second = 0;
  let fraction = '';
  if (text.charAt(end) === ':') {
    second = readDigits(text, 17, 2);
    end = 19;
    const mark = text.charAt(end);
    if (mark === '.' || mark === ',') {
      end = digitsEnd(text, 20);
      fraction = text.slice(20, end);
      if (fraction === '') return undefined;
    }
  }
  const offset = end === text.length ? zone : readOffset(text, end);
  return instantOf([year, month, day, hour, minute, second], fraction, offset);
}

function isTimeMark(code: number): boolean {
  return code === 84 || code === 116 || code === 32;
}

/** Reads `Z` or `+hh[[:]mm]`, after an optional blank, to the end of the text; in ms, NaN where it is neither. */
export function readOffset(text: string, at: number): number {
  const start = text.charAt(at) === ' ' ? at + 1 : at;
  const mark = text.charAt(start);
  if (mark === 'Z' || mark === 'z') return start + 1 === text.length ? 0 : Number.NaN;
  if (mark !== '+' && mark !== '-') return Number.NaN;
  const hours = readDigits(text, start + 1, 2);
  const minutesAt = text.charAt(start + 3) === ':' ? start + 4 : start + 3;
  const minutes = minutesAt === text.length ? 0 : readDigits(text, minutesAt, 2);
  const end = minutesAt === text.length ? minutesAt : minutesAt + 2;
  if (end !== text.length || !(hours <= 18 && minutes <= 59)) return Number.NaN;
  return (mark === '-' ? -1 : 1) * (hours * 60 + minutes) * MINUTE_MS;
}
