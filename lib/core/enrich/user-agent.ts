import * as z from 'zod';
import { keepField } from '../event/keep-field.ts';
import { addFlag, type FieldValue, fieldPath, getField } from '../event/log-event.ts';
import { FieldName } from '../processor/field-name.ts';
import { defineProcessor, type UserAgentFields } from '../processor/spec.ts';

/** What a user agent says of itself. */
export const userAgent = defineProcessor({
  name: 'user_agent',
  summary: 'Takes a user agent apart into name, version, operating system and device.',
  options: z.strictObject({
    field: FieldName.default('user_agent.original').meta({ description: 'Field that holds the user agent.' }),
    target: FieldName.default('user_agent').meta({ description: 'Object that gets the parts.' }),
  }),
  build({ field, target }, { userAgent: lookUp }) {
    const source = fieldPath(field);
    const into = fieldPath(target);
    return (event) => {
      const original = getField(event, source);
      if (typeof original !== 'string' || original === '') return undefined;
      const parts = lookUp === undefined ? 'unavailable' : lookUp(original);
      if (parts === 'unavailable') addFlag(event, 'user_agent:unavailable');
      else keepField(event, into, copyParts(parts));
      return undefined;
    };
  },
  guarantees: [
    'Names are those of the shared rules of uap-core; what they do not know is `Other`.',
    'Without the rules the event goes on, flagged `user_agent:unavailable`.',
  ],
  limits: ['A user agent is what the client says.', 'Of a very long one the first 512 characters are read.'],
  examples: [
    {
      title: 'a browser',
      options: {},
      given: {
        user_agent: { original: 'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0' },
      },
      expect: {
        user_agent: {
          original: 'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0',
          name: 'Firefox',
          version: '132.0',
          os: { name: 'Linux' },
          device: { name: 'Other' },
        },
      },
    },
  ],
});

/** The look-up answers from a cache, and later steps may change what they find in the event. */
function copyParts({ name, version, os, device }: UserAgentFields): FieldValue {
  return {
    name,
    ...(version === undefined ? {} : { version }),
    ...(os === undefined ? {} : { os: { ...os } as { [part: string]: string } }),
    device: { ...device },
  };
}
