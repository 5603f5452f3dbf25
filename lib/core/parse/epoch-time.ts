import { digitsEnd, fromEpoch, type Instant } from './instant.ts';

/** Digits of an epoch time between 2001 and 2286, by its unit. */
const SECOND_DIGITS = 10;
const MILLISECOND_DIGITS = 13;
const MICROSECOND_DIGITS = 16;
const NANOSECOND_DIGITS = 19;

/**
 * Reads time since 1970 from its digits: 10 of them are seconds, 13 ms, 16 microseconds, 19 nanoseconds. Seconds and ms
 * may have a fraction. Undefined for anything else.
 */
export function readEpochTime(text: string): Instant | undefined {
  const whole = digitsEnd(text, 0);
  const isKnown =
    whole === SECOND_DIGITS ||
    whole === MILLISECOND_DIGITS ||
    whole === MICROSECOND_DIGITS ||
    whole === NANOSECOND_DIGITS;
  if (!isKnown) return undefined;
  const hasFraction = text.charAt(whole) === '.' && whole <= MILLISECOND_DIGITS;
  const end = hasFraction ? digitsEnd(text, whole + 1) : whole;
  if (end !== text.length) return undefined;
  const fraction = text.slice(SECOND_DIGITS, whole) + (hasFraction ? text.slice(whole + 1) : '');
  return fromEpoch(Number(text.slice(0, SECOND_DIGITS)) * 1000, fraction);
}
