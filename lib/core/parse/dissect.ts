import * as z from 'zod';
import { fieldPath, getField, type LogEvent, setField } from '../event/log-event.ts';
import { FieldName } from '../processor/field-name.ts';
import { defineProcessor, type StepFailure } from '../processor/spec.ts';
import { compileDissect, cutByPattern, type DissectPattern } from './dissect-pattern.ts';
import { keepOriginal } from './keep-original.ts';

const NO_MATCH: StepFailure = {
  kind: 'failed',
  tag: '_parsefailure',
  reason: 'the text does not fit the dissect pattern',
};

const DissectOptions = z.strictObject({
  pattern: z
    .string()
    .transform((text, context): DissectPattern => {
      const pattern = compileDissect(text);
      if (typeof pattern !== 'string') return pattern;
      context.addIssue(pattern);
      return z.NEVER;
    })
    .meta({
      description:
        '`%{field}` with the text between the fields; `%{}` and `%{?name}` skip, `%{+field}` appends, `%{field->}` takes repeated delimiters as one.',
    }),
  field: FieldName.default('message').meta({ description: 'Field that holds the text.' }),
  append_separator: z.string().default('').meta({ description: 'What `%{+field}` puts between two parts.' }),
});

/** A line of fields between fixed delimiters. */
export const dissect = defineProcessor({
  name: 'dissect',
  summary: 'Cuts a text into fields at fixed delimiters.',
  options: DissectOptions,
  build({ pattern, field, append_separator: separator }) {
    const source = fieldPath(field);
    const replacesMessage = pattern.keys.some(({ path }) => path?.join('.') === 'message');
    return (event) => {
      const text = getField(event, source);
      const values = typeof text === 'string' ? cutByPattern(pattern, text) : undefined;
      if (values === undefined) return NO_MATCH;
      if (replacesMessage) keepOriginal(event);
      setValues(event, pattern, values, separator);
      return undefined;
    };
  },
  guarantees: [
    'The last field takes the rest, delimiters and all.',
    'A text that does not fit changes nothing.',
    'The time it takes grows with the length of the text alone.',
    'The line stays in `message`, or in `event.original` where the pattern puts another text there.',
  ],
  limits: ['Values stay strings.', 'The delimiters alone decide: what is between them is not checked.'],
  examples: [
    {
      title: 'LEVEL|LOGGER|TIMESTAMP|MESSAGE',
      options: { pattern: '%{log.level}|%{log.logger}|%{@timestamp}|%{message}' },
      given: { message: 'ERROR|apps.parcels|2025-11-02T10:11:12.345|a|b' },
      expect: {
        log: { level: 'ERROR', logger: 'apps.parcels' },
        '@timestamp': '2025-11-02T10:11:12.345',
        message: 'a|b',
        event: { original: 'ERROR|apps.parcels|2025-11-02T10:11:12.345|a|b' },
      },
    },
    {
      title: 'a time in two columns, padded',
      options: { pattern: '%{@timestamp->} %{+@timestamp} %{?pid} %{message}', append_separator: 'T' },
      given: { message: '2025-11-02   10:11:12 42 started' },
      expect: {
        '@timestamp': '2025-11-02T10:11:12',
        message: 'started',
        event: { original: '2025-11-02   10:11:12 42 started' },
      },
    },
    {
      title: 'a line of another shape',
      options: { pattern: '%{log.level}|%{message}' },
      given: { message: 'hello' },
      expect: { message: 'hello' },
      fails: '_parsefailure',
    },
  ],
});

function setValues(
  event: LogEvent,
  pattern: DissectPattern,
  values: readonly string[],
  separator: string,
): void {
  for (const [position, key] of pattern.keys.entries()) {
    if (key.path === undefined) continue;
    const value = values[position] as string;
    const before = key.appends ? getField(event, key.path) : undefined;
    setField(event, key.path, typeof before === 'string' ? `${before}${separator}${value}` : value);
  }
}
