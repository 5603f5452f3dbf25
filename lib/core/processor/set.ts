import * as z from 'zod';
import { fieldPath, getField, setField } from '../event/log-event.ts';
import { FieldName } from './field-name.ts';
import { defineProcessor } from './spec.ts';

/** A field with a fixed value. */
export const set = defineProcessor({
  name: 'set',
  summary: 'Sets a field to a fixed value.',
  options: z.strictObject({
    field: FieldName.meta({ description: 'Field to set.' }),
    value: z.union([z.string(), z.number(), z.boolean()]).meta({ description: 'Its value.' }),
    override: z
      .boolean()
      .default(true)
      .meta({ description: '`false` leaves a field that has a value already.' }),
  }),
  build({ field, value, override }) {
    const path = fieldPath(field);
    return (event) => {
      if (override || (getField(event, path) ?? null) === null) setField(event, path, value);
      return undefined;
    };
  },
  guarantees: ['The field holds the value afterwards, or with `override: false` what it held before.'],
  limits: ['The value is fixed: it cannot be made of other fields.'],
  examples: [
    {
      title: 'a label',
      options: { field: 'labels.group', value: 'pt' },
      given: {},
      expect: { labels: { group: 'pt' } },
    },
    {
      title: 'only where it is missing',
      options: { field: 'labels.group', value: 'pt', override: false },
      given: { labels: { group: 'core' } },
      expect: { labels: { group: 'core' } },
    },
  ],
});
