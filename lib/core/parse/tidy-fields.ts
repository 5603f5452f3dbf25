import { foldField } from '../event/fold-field.ts';
import { addFlag, type FieldValue, isObject, type LogEvent } from '../event/log-event.ts';
import { placeField } from '../event/place-field.ts';
import { ROOT_NAMES } from './json-names.ts';

/** Levels of objects and arrays that an index is asked to hold. */
const DEPTH_AT_MOST = 20;
/** Leaves that one event may add to a mapping; an index refuses documents that would take it over its own limit. */
const LEAVES_AT_MOST = 500;
const NAME_LENGTH_AT_MOST = 512;
const ALWAYS_KEPT: ReadonlySet<string> = new Set([
  ...ROOT_NAMES.keys(),
  '@timestamp',
  'timestamp',
  'time',
  'ts',
  'level',
  'severity',
  'message',
]);

/**
 * Makes an object from outside fit for an index: dotted names become nested objects; what is nested too deep, has a name
 * that OpenSearch refuses (empty, blank or only dots between dots), or is one leaf too many is folded into `event`. An
 * object that is fit already is returned as it is.
 */
export function tidyFields(event: LogEvent, object: LogEvent): LogEvent {
  if (countLeaves(object, 1) <= LEAVES_AT_MOST) return object;
  const tidied: LogEvent = {};
  copyTidy({ event, leavesLeft: LEAVES_AT_MOST }, object, tidied, []);
  return tidied;
}

/** The number of leaves below `value`; infinite where something in it is not fit for an index. */
function countLeaves(value: FieldValue, depth: number): number {
  if (typeof value !== 'object' || value === null) return 1;
  if (depth > DEPTH_AT_MOST) return Number.POSITIVE_INFINITY;
  if (Array.isArray(value)) {
    // However long, a list of plain values is one field.
    let inside = 1;
    for (const item of value) {
      if (typeof item === 'object' && item !== null) inside += countLeaves(item, depth + 1);
    }
    return inside;
  }
  let leaves = 0;
  for (const name in value) {
    if (!isPlainName(name)) return Number.POSITIVE_INFINITY;
    leaves += countLeaves(value[name] as FieldValue, depth + 1);
  }
  return leaves;
}

function isPlainName(name: string): boolean {
  return name.length <= NAME_LENGTH_AT_MOST && !name.includes('.') && name.trim() !== '';
}

interface Tidying {
  readonly event: LogEvent;
  leavesLeft: number;
}

function copyTidy(tidying: Tidying, source: LogEvent, target: LogEvent, above: readonly string[]): void {
  for (const [name, value] of Object.entries(source)) {
    const path = name.split('.');
    const whole = [...above, ...path];
    if (!hasRoom(tidying, whole, value) || !isLegal(name, path)) {
      foldField(tidying.event, whole.join('.'), value);
      continue;
    }
    placeField(target, path, tidyValue(tidying, value, whole), (refused, left) => {
      foldField(tidying.event, [...above, ...refused].join('.'), left);
    });
  }
}

function isLegal(name: string, path: readonly string[]): boolean {
  return name.length <= NAME_LENGTH_AT_MOST && path.every((part) => part.trim() !== '');
}

function hasRoom(tidying: Tidying, path: readonly string[], value: FieldValue): boolean {
  const isTooDeep = path.length > DEPTH_AT_MOST || (path.length === DEPTH_AT_MOST && isContainer(value));
  if (isTooDeep) return false;
  // What says when, where and how bad comes through however many fields come before it.
  return tidying.leavesLeft > 0 || (path.length === 1 && ALWAYS_KEPT.has(path[0] as string));
}

function tidyValue(tidying: Tidying, value: FieldValue, path: readonly string[]): FieldValue {
  if (isObject(value)) {
    const inside: LogEvent = {};
    copyTidy(tidying, value, inside, path);
    return inside;
  }
  tidying.leavesLeft -= 1;
  if (!Array.isArray(value)) return value;
  const below = [...path, '[]'];
  return value.map((item) => (isContainer(item) ? tidyItem(tidying, item, below) : item));
}

function tidyItem(tidying: Tidying, item: FieldValue, path: readonly string[]): FieldValue {
  if (path.length < DEPTH_AT_MOST) return tidyValue(tidying, item, path);
  addFlag(tidying.event, 'coerced');
  return JSON.stringify(item);
}

function isContainer(value: FieldValue): boolean {
  return typeof value === 'object' && value !== null;
}
