import * as z from 'zod';
import { fieldPath } from '../event/log-event.ts';

const FIELD_NAME = /^[^\s.%{}]+(\.[^\s.%{}]+)*$/;

/** A dotted field name as an option of a step, such as `log.level`. */
export const FieldName = z
  .string()
  .regex(FIELD_NAME, 'must be a dotted field name, such as log.level')
  .meta({ description: 'dotted field name' });

/** One field name, or several to try in their order; read as paths. */
export const FieldNames = z
  .union([FieldName, z.array(FieldName).min(1)])
  .transform((names) => [names].flat().map(fieldPath));
