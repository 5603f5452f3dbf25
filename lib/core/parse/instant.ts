/** A point in time: epoch ms, and ISO 8601 in UTC with three to nine digits of the second as they were written. */
export interface Instant {
  readonly epochMs: number;
  readonly iso: string;
}

/** Gives the distance of a wall clock from UTC, in ms, for a wall-clock time in ms as if it were UTC. */
export type ZoneOffset = (wallClockMs: number) => number;

/** The range that an index of nanoseconds can hold; nothing outside of it is when a line was logged. */
const FIRST_MS = 0;
const END_MS = Date.UTC(2262, 0, 1);

const FRACTION_DIGITS_MIN = 3;
const FRACTION_DIGITS_MAX = 9;

/**
 * Makes an instant of wall-clock fields. `month` counts from 1, `fraction` is the digits behind the second's point.
 * Undefined where a field is out of its range, there is no such day, or the year is outside 1970 to 2261.
 */
export function instantOf(
  wallClock: readonly [
    year: number,
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
  ],
  fraction: string,
  offset: number | ZoneOffset,
): Instant | undefined {
  const [year, month, day, hour, minute, second] = wallClock;
  // Written so that NaN, a field that was not digits, fails too.
  const inRange =
    year >= 1970 && month >= 1 && day >= 1 && day <= daysIn(year, month) && hour <= 23 && minute <= 59;
  if (!(inRange && second <= 60)) return undefined;
  const wallClockMs = Date.UTC(year, month - 1, day, hour, minute, second);
  const offsetMs = typeof offset === 'number' ? offset : offset(wallClockMs);
  if (offsetMs !== 0 || second === 60) return fromEpoch(wallClockMs - offsetMs, fraction);
  // The fields are those of UTC already, and putting them together takes a fifth of the time of a Date.
  const iso = `${year}-${twoDigits(month)}-${twoDigits(day)}T${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}`;
  return withFraction(wallClockMs, iso, fraction);
}

/** Makes an instant of whole seconds, given in ms, and the digits behind the second's point. */
export function fromEpoch(secondsMs: number, fraction: string): Instant | undefined {
  if (!(secondsMs >= FIRST_MS && secondsMs < END_MS)) return undefined;
  return withFraction(secondsMs, new Date(secondsMs).toISOString().slice(0, 19), fraction);
}

function withFraction(secondsMs: number, isoSeconds: string, fraction: string): Instant | undefined {
  if (secondsMs >= END_MS) return undefined;
  const digits = fraction.slice(0, FRACTION_DIGITS_MAX).padEnd(FRACTION_DIGITS_MIN, '0');
  return { epochMs: secondsMs + Number(digits.slice(0, 3)), iso: `${isoSeconds}.${digits}Z` };
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30;
  return month <= 12 ? 31 : Number.NaN;
}

/** The number that `count` digits at `at` write, or NaN where one of them is not a digit. */
export function readDigits(text: string, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Where the run of digits that begins at `at` ends. */
export function digitsEnd(text: string, at: number): number {
  let end = at;
  while (text.charCodeAt(end) - 48 >= 0 && text.charCodeAt(end) - 48 <= 9) end += 1;
  return end;
}
