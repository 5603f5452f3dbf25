import * as z from 'zod';
import { defineProcessor, type StepFailure } from '../processor/spec.ts';
import { combinedAccess } from './combined-access.ts';
import { dissect } from './dissect.ts';
import { json } from './json.ts';
import { severityOfWord } from './severity.ts';

/** The formats that `detect` knows, most telling first. */
const FORMATS = ['json', 'delimited', 'combined_access'] as const;
type Format = (typeof FORMATS)[number];

const DELIMITED = '%{log.level}|%{log.logger}|%{@timestamp}|%{message}';

/** Whether a line is worth reading as the format; cheap, and linear at worst. */
const LOOKS_LIKE: Readonly<Record<Format, (line: string) => boolean>> = {
  json: (line) => /^\s{0,100}\{/.test(line),
  delimited: (line) => {
    const bar = line.indexOf('|');
    return bar > 0 && severityOfWord(line.slice(0, bar)) !== undefined;
  },
  combined_access: (line) => line.includes('] "'),
};

const UNKNOWN: StepFailure = {
  kind: 'failed',
  tag: '_parsefailure',
  reason: 'the line is in no format that is looked for',
};

/** A line of unknown format. */
export const detect = defineProcessor({
  name: 'detect',
  summary: 'Finds the format of the line by its content and reads it.',
  options: z.strictObject({
    formats: z
      .array(z.enum(FORMATS))
      .min(1)
      .default([...FORMATS])
      .meta({
        description: `Formats to look for: \`json\`, \`delimited\` (LEVEL, LOGGER, TIMESTAMP and MESSAGE with bars between), \`combined_access\`.`,
      }),
  }),
  build({ formats }, resources) {
    const steps = {
      json: json.build({}, resources),
      delimited: dissect.build(dissect.options.parse({ pattern: DELIMITED }), resources),
      combined_access: combinedAccess.build({}, resources),
    };
    const candidates = FORMATS.filter((format) => formats.includes(format)).map((format) => ({
      looksRight: LOOKS_LIKE[format],
      step: steps[format],
    }));
    return (event, context) => {
      const line = event['message'];
      if (typeof line !== 'string') return UNKNOWN;
      for (const { looksRight, step } of candidates) {
        if (looksRight(line) && step(event, context) === undefined) return undefined;
      }
      return UNKNOWN;
    };
  },
  guarantees: [
    'A line of no known format is left as it is, tagged `_parsefailure`.',
    'The time it takes grows with the length of the line alone.',
  ],
  limits: ['A line with bars is read as delimited only where it begins with a level.'],
  examples: [
    {
      title: 'JSON',
      options: {},
      given: { message: ' {"message":"made","order":{"id":7}}' },
      expect: { message: 'made', order: { id: 7 } },
    },
    {
      title: 'LEVEL|LOGGER|TIMESTAMP|MESSAGE',
      options: {},
      given: { message: 'INFO|apps|2025-11-02T10:11:12|started' },
      expect: {
        log: { level: 'INFO', logger: 'apps' },
        '@timestamp': '2025-11-02T10:11:12',
        message: 'started',
        event: { original: 'INFO|apps|2025-11-02T10:11:12|started' },
      },
    },
    {
      title: 'none of them',
      options: {},
      given: { message: 'hello' },
      expect: { message: 'hello' },
      fails: '_parsefailure',
    },
  ],
});
