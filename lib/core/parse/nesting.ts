import type { FieldValue } from '../event/log-event.ts';

/** Whether objects and lists nest deeper than `levels` in a value that was read from `textLength` characters of JSON. */
export function nestsDeeperThan(value: FieldValue, levels: number, textLength: number): boolean {
  // Each level takes two characters at least, so that almost no line has to be walked.
  if (textLength < 2 * levels) return false;
  // Not recursive: the parser reads nesting that would overflow the stack of whoever walks it.
  let level = [value].filter(isContainer);
  let depth = 0;
  while (level.length > 0 && depth <= levels) {
    level = level.flatMap((item) => Object.values(item).filter(isContainer));
    depth += 1;
  }
  return depth > levels;
}

function isContainer(value: FieldValue): value is FieldValue[] | { [name: string]: FieldValue } {
  return typeof value === 'object' && value !== null;
}
