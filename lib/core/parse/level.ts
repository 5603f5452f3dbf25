import * as z from 'zod';
import { foldField } from '../event/fold-field.ts';
import { getField, type LogEvent, setField, takeField } from '../event/log-event.ts';
import { FieldNames } from '../processor/field-name.ts';
import { defineProcessor } from '../processor/spec.ts';
import { LEVEL_NAMES, severityOf } from './severity.ts';

const LEVEL = ['log', 'level'] as const;
const SEVERITY_CODE = ['log', 'syslog', 'severity', 'code'] as const;

const LevelOptions = z.strictObject({
  field: FieldNames.prefault(['log.level', ...LEVEL_NAMES]).meta({
    description: 'Fields to read the level from; the first that holds one is taken, the others stay.',
  }),
  case: z
    .enum(['lower', 'keep'])
    .default('lower')
    .meta({ description: '`keep` leaves a word as the application writes it.' }),
});

/** The level of the event, as `log.level` and as a number that compares across vocabularies. */
export const level = defineProcessor({
  name: 'level',
  summary: 'Reads how severe the event is into `log.level` and `log.syslog.severity.code`.',
  options: LevelOptions,
  build({ field: paths, case: letterCase }) {
    const usual = paths.find((path) => path.join('.') === 'log.level');
    return (event) => {
      for (const path of paths) {
        const value = getField(event, path);
        const severity = severityOf(value);
        if (severity === undefined) continue;
        const keeps = letterCase === 'keep' && typeof value === 'string';
        // Taking a field away makes its object slow, which the usual name does not need.
        if (path !== usual) moveAway(event, path);
        setSeverity(event, keeps ? value : severity.word, severity.code);
        return undefined;
      }
      if (letterCase === 'lower') lowerUnknownWord(event);
      return undefined;
    };
  },
  guarantees: [
    'Words stay as they are but for their case; abbreviations (`E`, `wrn`, `crit`) are written in full.',
    '`log.syslog.severity.code` is 0 (emergency) to 7 (debug, trace), whatever the vocabulary.',
  ],
  limits: [
    '`warn` and `warning` stay two words: compare severity codes to treat them as one.',
    'Numbers are read as in syslog (0 to 7) and as in pino and bunyan (10 to 60); Python and OpenTelemetry numbers are not.',
    'A word that is not a level stays in `log.level`, in lower case, without a severity code.',
  ],
  examples: [
    {
      title: 'an abbreviation',
      options: {},
      given: { log: { level: 'W' } },
      expect: { log: { level: 'warning', syslog: { severity: { code: 4 } } } },
    },
    {
      title: 'the number of pino, under its name',
      options: {},
      given: { level: 50 },
      expect: { log: { level: 'error', syslog: { severity: { code: 3 } } } },
    },
    {
      title: 'the word as it is written',
      options: { case: 'keep' },
      given: { log: { level: 'ERROR' } },
      expect: { log: { level: 'ERROR', syslog: { severity: { code: 3 } } } },
    },
  ],
});

function setSeverity(event: LogEvent, word: string, code: number): void {
  if (!Object.hasOwn(event, 'log')) {
    event['log'] = { level: word, syslog: { severity: { code } } };
    return;
  }
  setField(event, LEVEL, word);
  setField(event, SEVERITY_CODE, code);
}

/** Frees the place of the level; what is there in spite of this being found elsewhere is not a level, but not lost. */
function moveAway(event: LogEvent, path: readonly string[]): void {
  takeField(event, path);
  const unknown = takeField(event, LEVEL);
  if (unknown !== undefined && unknown !== null) foldField(event, 'log.level', unknown);
}

function lowerUnknownWord(event: LogEvent): void {
  const word = getField(event, LEVEL);
  if (typeof word === 'string') setField(event, LEVEL, word.toLowerCase());
}
