import { type Instant, instantOf, readDigits } from './instant.ts';
import { readOffset } from './iso-time.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Reads the time of the Common Log Format, `02/Nov/2025:10:11:12 +0100`. Undefined for anything else. */
export function readClfTime(text: string): Instant | undefined {
  if (text.length !== 26 || text.charAt(2) !== '/' || text.charAt(11) !== ':') return undefined;
  const month = MONTHS.indexOf(text.slice(3, 6)) + 1;
  const day = readDigits(text, 0, 2);
  const year = readDigits(text, 7, 4);
  const hour = readDigits(text, 12, 2);
  const minute = readDigits(text, 15, 2);
  const second = readDigits(text, 18, 2);
  return instantOf([year, month, day, hour, minute, second], '', readOffset(text, 20));
}
