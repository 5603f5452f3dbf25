import { defineField, type FieldValue, isObject, type LogEvent, openField } from './log-event.ts';

/**
 * Puts a value at `path` without overwriting anything. Objects are merged; where a plain value and an object meet, the
 * plain value becomes the object's `value`. Calls `refuse` with the path of each value for which there is no free place.
 */
export function placeField(
  target: LogEvent,
  path: readonly string[],
  value: FieldValue,
  refuse: (path: readonly string[], value: FieldValue) => void,
): void {
  let parent = target;
  const last = path.length - 1;
  for (let index = 0; index < last; index += 1) parent = openField(parent, path[index] as string);
  const name = path[last] as string;
  const existing = Object.hasOwn(parent, name) ? parent[name] : undefined;
  if (existing === undefined || existing === null) defineField(parent, name, value);
  else if (isObject(existing)) mergeInto(existing, path, value, refuse);
  else if (isObject(value)) {
    const opened = openField(parent, name);
    mergeInto(opened, path, value, refuse);
  } else if (existing !== value) refuse(path, value);
}

function mergeInto(
  existing: LogEvent,
  path: readonly string[],
  value: FieldValue,
  refuse: (path: readonly string[], value: FieldValue) => void,
): void {
  const refuseBelow = (below: readonly string[], refused: FieldValue): void =>
    refuse([...path, ...below], refused);
  if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) placeField(existing, [name], inner, refuseBelow);
  } else if (value !== null) {
    placeField(existing, ['value'], value, refuseBelow);
  }
}
