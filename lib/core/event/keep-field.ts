import { foldField } from './fold-field.ts';
import type { FieldValue, LogEvent } from './log-event.ts';
import { placeField } from './place-field.ts';

/** Puts a value at `path` of the event, merged with what is there; what finds no free place is folded, never lost. */
export function keepField(event: LogEvent, path: readonly string[], value: FieldValue): void {
  placeField(event, path, value, (refused, left) => foldField(event, refused.join('.'), left));
}
