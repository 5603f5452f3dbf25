/** The samples lie between this time and five minutes later. */
const SAMPLES_BEGIN_MS = Date.UTC(2026, 0, 1, 10, 0, 0);
const SAMPLES_LAST_MS = 300_000;
const MINUTE_MS = 60_000;

const ISO_TIME = /2026-01-01T10:\d\d:\d\d(?:\.\d{3})?/g;
const CLF_TIME = /01\/Jan\/2026:10:(\d\d:\d\d) \+0000/g;
const EPOCH_MS = /\b17672\d{8}\b/g;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Moves the times of a sample file into the five whole minutes before `nowMs` (epoch ms), where the alert rules look.
 * All other bytes stay as they are, broken ones too.
 */
export function shiftTimes(sample: Buffer, nowMs: number): Buffer {
  const byMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS - SAMPLES_LAST_MS - SAMPLES_BEGIN_MS;
  const shifted = sample
    .toString('latin1')
    .replace(ISO_TIME, (time) => new Date(Date.parse(`${time}Z`) + byMs).toISOString().slice(0, time.length))
    .replace(CLF_TIME, (_, minute: string) => clfTime(Date.parse(`2026-01-01T10:${minute}Z`) + byMs))
    .replace(EPOCH_MS, (time) => String(Number(time) + byMs));
  return Buffer.from(shifted, 'latin1');
}

function clfTime(ms: number): string {
  const [date = '', time = ''] = new Date(ms).toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}
