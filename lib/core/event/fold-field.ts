import {
  addFlag,
  defineField,
  type FieldValue,
  getField,
  isObject,
  type LogEvent,
  setField,
} from './log-event.ts';

const EXTRA = ['weir', 'extra'] as const;

/**
 * Keeps a value that cannot stay under its own name: it moves to `weir.extra` under that name, and the event is flagged
 * `folded`. A name that is there already holds both values as a list.
 */
export function foldField(event: LogEvent, name: string, value: FieldValue): void {
  let extra = getField(event, EXTRA);
  if (!isObject(extra)) {
    extra = {};
    setField(event, EXTRA, extra);
  }
  const before = Object.hasOwn(extra, name) ? extra[name] : undefined;
  defineField(extra, name, before === undefined ? value : [before, value]);
  addFlag(event, 'folded');
}
