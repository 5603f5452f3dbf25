import * as z from 'zod';
import { foldField } from '../event/fold-field.ts';
import {
  type FieldValue,
  fieldPath,
  getField,
  isObject,
  type LogEvent,
  setField,
  takeField,
} from '../event/log-event.ts';
import { FieldName } from './field-name.ts';
import { defineProcessor } from './spec.ts';

/** Fields under other names. */
export const rename = defineProcessor({
  name: 'rename',
  summary: 'Moves fields to other names.',
  options: z.strictObject({
    fields: z.record(FieldName, FieldName).meta({ description: 'Old name to new name.' }),
  }),
  build({ fields }) {
    const moves = Object.entries(fields).map(([from, to]) => ({
      from: fieldPath(from),
      to: fieldPath(to),
      name: to,
    }));
    return (event) => {
      // All are taken before any is set: a new name may be the old name of another, or an object that held it.
      const taken = moves.map(({ from }) => takeField(event, from));
      for (const { from } of moves) removeEmptyParents(event, from);
      for (const [position, { to, name }] of moves.entries()) {
        const value = taken[position];
        if (value !== undefined) setInstead(event, to, name, value);
      }
      return undefined;
    };
  },
  guarantees: [
    'A field that is missing is left out.',
    'What the new name held before is kept in `weir.extra`.',
    'Objects left without a field are removed.',
  ],
  limits: ['Names are moved, not copied: steps behind this one, routing included, know the new ones only.'],
  examples: [
    {
      title: 'to the names of an older system',
      options: { fields: { 'log.level': 'log_level', 'service.name': 'service' } },
      given: { log: { level: 'error' }, service: { name: 'django' } },
      expect: { log_level: 'error', service: 'django' },
    },
    {
      title: 'to a name that is taken',
      options: { fields: { 'service.name': 'service' } },
      given: { service: { name: 'django', version: '5' } },
      expect: { service: 'django', weir: { extra: { service: { version: '5' } }, flags: ['folded'] } },
    },
  ],
});

function setInstead(event: LogEvent, path: readonly string[], name: string, value: FieldValue): void {
  const before = takeField(event, path);
  if (before !== undefined && before !== null) foldField(event, name, before);
  setField(event, path, value);
}

function removeEmptyParents(event: LogEvent, path: readonly string[]): void {
  for (let length = path.length - 1; length > 0; length -= 1) {
    const parent = getField(event, path.slice(0, length));
    if (!isObject(parent) || Object.keys(parent).length > 0) return;
    takeField(event, path.slice(0, length));
  }
}
