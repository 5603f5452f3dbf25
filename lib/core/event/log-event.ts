/** A value that JSON can hold. */
export type FieldValue = string | number | boolean | null | FieldValue[] | { [name: string]: FieldValue };

/** One log event on its way through a pipeline: a nested object under ECS names, changed in place by the steps. */
export type LogEvent = { [name: string]: FieldValue };

/** Splits a dotted field name once, so that a step pays for it at build time and not per event. */
export function fieldPath(name: string): readonly string[] {
  return name.split('.');
}

/** Whether a field holds further fields. */
export function isObject(value: FieldValue | undefined): value is LogEvent {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads the field at `path`, or undefined where any part of it is missing. */
export function getField(event: LogEvent, path: readonly string[]): FieldValue | undefined {
  let value: FieldValue | undefined = event;
  for (const name of path) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

/**
 * Sets the field at `path`, making the objects on the way. Where a part of the way holds something that is not an
 * object, that value moves to `<part>.value`, so nothing is overwritten unseen.
 */
export function setField(event: LogEvent, path: readonly string[], value: FieldValue): void {
  let target = event;
  const last = path.length - 1;
  for (let index = 0; index < last; index += 1) target = openField(target, path[index] as string);
  defineField(target, path[last] as string, value);
}

/** The object in a field, made where there is none; a plain value that was there becomes the object's `value`. */
export function openField(parent: LogEvent, name: string): LogEvent {
  const existing = Object.hasOwn(parent, name) ? parent[name] : undefined;
  if (isObject(existing)) return existing;
  const opened: LogEvent = existing === undefined || existing === null ? {} : { value: existing };
  defineField(parent, name, opened);
  return opened;
}

/** Removes the field at `path` and returns what it held. */
export function takeField(event: LogEvent, path: readonly string[]): FieldValue | undefined {
  const parent = path.length === 1 ? event : getField(event, path.slice(0, -1));
  const name = path[path.length - 1] as string;
  if (!isObject(parent) || !Object.hasOwn(parent, name)) return undefined;
  const value = parent[name];
  delete parent[name];
  return value;
}

/** Sets one own field. `__proto__` becomes a field like any other; plain assignment would change the prototype. */
export function defineField(target: LogEvent, name: string, value: FieldValue): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[name] = value;
  }
}

/** Adds a tag once. */
export function addTag(event: LogEvent, tag: string): void {
  const tags = event['tags'];
  if (Array.isArray(tags)) {
    if (!tags.includes(tag)) tags.push(tag);
  } else {
    event['tags'] = tags === undefined || tags === null || tags === tag ? [tag] : [tags, tag];
  }
}

const FLAGS = ['weir', 'flags'] as const;

/** Notes on the event that Weir changed it: `coerced`, `cut`, `folded`, `scrubbed:email`, `failed:<step>`… */
export function addFlag(event: LogEvent, flag: string): void {
  const flags = getField(event, FLAGS);
  if (!Array.isArray(flags)) setField(event, FLAGS, [flag]);
  else if (!flags.includes(flag)) flags.push(flag);
}
