import type { FieldValue } from '../event/log-event.ts';

/** Names under which applications send the level of a line beside `log.level`, most telling first. */
export const LEVEL_NAMES = ['level', 'severity', 'levelname', 'lvl', 'loglevel', 'log_level', '@l'] as const;

/** A level word in full, and the severity of RFC 5424 that it stands for: 0 emergency to 7 debug. */
export interface Severity {
  readonly word: string;
  readonly code: number;
}

const WORDS: Readonly<Record<number, readonly string[]>> = {
  0: ['emergency', 'emerg', 'panic'],
  1: ['alert'],
  2: ['critical', 'crit', 'fatal', 'severe', 'f', 'ftl'],
  3: ['error', 'err', 'e', 'failure'],
  4: ['warning', 'warn', 'wrn', 'w'],
  5: ['notice', 'n', 'audit'],
  6: ['informational', 'information', 'info', 'inf', 'i', 'success'],
  7: ['debug', 'dbg', 'd', 'trace', 'trc', 't', 'verbose', 'v', 'fine', 'finer', 'finest'],
};

/** Abbreviations that mean nothing to a reader; other words stay as the application says them. */
const IN_FULL: Readonly<Record<string, string>> = {
  emerg: 'emergency',
  crit: 'critical',
  f: 'fatal',
  ftl: 'fatal',
  err: 'error',
  e: 'error',
  wrn: 'warning',
  w: 'warning',
  n: 'notice',
  inf: 'info',
  i: 'info',
  dbg: 'debug',
  d: 'debug',
  trc: 'trace',
  t: 'trace',
  v: 'verbose',
};

/** Levels of pino and bunyan by their tens. */
const BY_TEN = ['', 'trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
const SYSLOG = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info', 'debug'] as const;

const SEVERITIES: ReadonlyMap<string, Severity> = new Map(
  Object.entries(WORDS).flatMap(([code, words]) =>
    words.map((word) => [word, { word: IN_FULL[word] ?? word, code: Number(code) }] as const),
  ),
);

/** The longest word of the vocabulary. */
const LONGEST_WORD = 'informational'.length;

/** The severity of a level word in any case; undefined where the word is not a level. */
export function severityOfWord(word: string): Severity | undefined {
  return word.length <= LONGEST_WORD ? SEVERITIES.get(word.toLowerCase()) : undefined;
}

/** The severity of a field's value, word or number; undefined where it is not a level. */
export function severityOf(value: FieldValue | undefined): Severity | undefined {
  if (typeof value === 'string') return severityOfWord(value);
  return typeof value === 'number' ? severityOfNumber(value) : undefined;
}

/** The severity of a number: 0 to 7 as in syslog, 10 to 60 as in pino and bunyan. */
function severityOfNumber(level: number): Severity | undefined {
  const word = level >= 10 && level % 10 === 0 ? BY_TEN[level / 10] : SYSLOG[level];
  return word === undefined ? undefined : SEVERITIES.get(word);
}
