import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addFlag, addTag, getField, type LogEvent, setField } from './log-event.ts';

describe('addTag', () => {
  test.each<[LogEvent, LogEvent[string]]>([
    [{}, ['new']],
    [{ tags: null }, ['new']],
    [{ tags: 'new' }, ['new']],
    [{ tags: 'old' }, ['old', 'new']],
    [{ tags: ['old'] }, ['old', 'new']],
    [{ tags: ['new'] }, ['new']],
  ])('adds to %j', (event, tags) => {
    addTag(event, 'new');
    expect(event['tags']).toEqual(tags);
  });
});

describe('addFlag', () => {
  test('adds each flag once', () => {
    const event: LogEvent = {};
    for (const flag of ['a', 'b', 'a']) addFlag(event, flag);
    expect(getField(event, ['weir', 'flags'])).toEqual(['a', 'b']);
  });
});

describe('setField', () => {
  test('is undone by getField on any path', () => {
    const name = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom('__proto__', 'constructor', 'toString'),
    );
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 5 }),
        fc.jsonValue(),
        fc.object(),
        (path, value, start) => {
          const event = structuredClone(start) as LogEvent;
          setField(event, path, value as LogEvent[string]);
          expect(getField(event, path)).toEqual(value);
          expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
        },
      ),
    );
  });
});
