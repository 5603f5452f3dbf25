import * as z from 'zod';
import { TwoGenerationCache } from '../enrich/two-generation-cache.ts';
import { addFlag, defineField, type FieldValue, type LogEvent } from '../event/log-event.ts';
import { defineProcessor } from '../processor/spec.ts';
import { compileMask, ENTITIES } from './mask-text.ts';
import { isSensitiveName, plainName } from './sensitive-name.ts';

const REMEMBERED_NAMES = 5000;
const SECRET = '[secret]';

/** Personal and secret data, out of every field. */
export const scrub = defineProcessor({
  name: 'scrub',
  summary:
    'Masks personal data and secrets in every text of the event and in fields whose name says that they hold one.',
  options: z.strictObject({
    entities: z
      .array(z.enum(ENTITIES))
      .default([...ENTITIES])
      .meta({ description: 'What to look for; an empty list switches scrubbing off.' }),
    fields: z
      .array(z.string().min(1))
      .default([])
      .meta({ description: 'Further field names whose values are secrets, such as `patient_id`.' }),
  }),
  build({ entities, fields }) {
    const maskText = compileMask(entities);
    const more = fields.map(plainName);
    const names = new TwoGenerationCache<boolean>(REMEMBERED_NAMES);
    const isSecret = (name: string): boolean => isSensitiveName(name, more);
    const hidesFields = entities.includes('field');
    const scrubObject = (event: LogEvent, object: LogEvent): void => {
      for (const name in object) {
        const value = object[name] as FieldValue;
        const scrubbed =
          hidesFields && names.get(name, isSecret) ? hide(event, value) : scrubValue(event, value);
        if (scrubbed !== value) defineField(object, name, scrubbed);
      }
    };
    const scrubValue = (event: LogEvent, value: FieldValue): FieldValue => {
      if (typeof value === 'string') return maskText(event, value);
      if (typeof value !== 'object' || value === null) return value;
      if (!Array.isArray(value)) {
        scrubObject(event, value);
        return value;
      }
      for (const [index, item] of value.entries()) value[index] = scrubValue(event, item);
      return value;
    };
    return (event) => {
      scrubObject(event, event);
      return undefined;
    };
  },
  guarantees: [
    'A mask says what it hides (`[email]`, `[card]`, `[ssn]`, `[token]`, `[secret]`); the flag `scrubbed:<entity>` says that it does.',
    'A second scrubbing changes nothing.',
    'The time it takes grows with the length of the event alone.',
    'A pipeline without this step gets it with its defaults, behind its own steps.',
  ],
  limits: [
    'Text and the numbers of telling fields are masked; a card number sent as a JSON number of another field is not.',
    'Names of fields are not masked.',
    'A secret in text is found by the name in front of it, up to the next quote, comma or blank.',
  ],
  examples: [
    {
      title: 'in free text',
      options: {},
      given: { message: 'bob@example.com paid with 4111 1111 1111 1111, SSN 078-05-1120, password=hunter2' },
      expect: {
        message: '[email] paid with [card], SSN [ssn], password=[secret]',
        weir: { flags: ['scrubbed:card', 'scrubbed:ssn', 'scrubbed:email', 'scrubbed:credential'] },
      },
    },
    {
      title: 'by the name of the field',
      options: {},
      given: {
        user: { password: 'hunter2', token_count: 3 },
        http: { headers: { Authorization: 'Bearer abc' } },
      },
      expect: {
        user: { password: SECRET, token_count: 3 },
        http: { headers: { Authorization: SECRET } },
        weir: { flags: ['scrubbed:field'] },
      },
    },
    {
      title: 'numbers that only look like cards',
      options: {},
      given: { message: 'order 4111111111111112 at 1762078272345' },
      expect: { message: 'order 4111111111111112 at 1762078272345' },
    },
    {
      title: 'some entities, and a field of one’s own',
      options: { entities: ['email', 'field'], fields: ['patient id'] },
      given: { message: 'to bob@example.com, 078-05-1120', patient_id: 17 },
      expect: {
        message: 'to [email], 078-05-1120',
        patient_id: SECRET,
        weir: { flags: ['scrubbed:email', 'scrubbed:field'] },
      },
    },
  ],
});

/** Hides every text and number of a secret field. Whether there is a secret at all (null, true, false) is not one. */
function hide(event: LogEvent, value: FieldValue): FieldValue {
  if (typeof value === 'string' || typeof value === 'number') {
    if (value === '') return value;
    addFlag(event, 'scrubbed:field');
    return SECRET;
  }
  if (Array.isArray(value)) return value.map((item) => hide(event, item));
  if (typeof value !== 'object' || value === null) return value;
  for (const name in value) defineField(value, name, hide(event, value[name] as FieldValue));
  return value;
}
