import { describe, expect, test } from 'vitest';
import { foldField } from './fold-field.ts';
import { keepField } from './keep-field.ts';
import { fieldPath, type LogEvent } from './log-event.ts';

function kept(...fields: [string, LogEvent[string]][]): LogEvent {
  const event: LogEvent = {};
  for (const [name, value] of fields) keepField(event, fieldPath(name), value);
  return event;
}

describe('keepField', () => {
  test.each<[string, LogEvent, LogEvent]>([
    ['merges objects', kept(['a', { b: 1 }], ['a', { c: 2 }]), { a: { b: 1, c: 2 } }],
    ['merges below dotted names', kept(['a.b', 1], ['a.c', 2]), { a: { b: 1, c: 2 } }],
    [
      'moves a plain value into the object that comes later',
      kept(['a', 1], ['a.b', 2]),
      { a: { value: 1, b: 2 } },
    ],
    [
      'moves a plain value into the object that came first',
      kept(['a.b', 2], ['a', 1]),
      { a: { value: 1, b: 2 } },
    ],
    [
      'moves a plain value below into its object',
      kept(['a.b', 1], ['a', { b: { c: 2 } }]),
      { a: { b: { value: 1, c: 2 } } },
    ],
    ['takes the place of null', kept(['a', null], ['a', 1]), { a: 1 }],
    ['does not add null to an object', kept(['a.b', 1], ['a', null]), { a: { b: 1 } }],
    ['keeps one of two equal values', kept(['a', 1], ['a', 1]), { a: 1 }],
    [
      'folds the second of two values',
      kept(['a.b', 1], ['a.b', 2], ['a', { b: 3 }]),
      { a: { b: 1 }, weir: { extra: { 'a.b': [2, 3] }, flags: ['folded'] } },
    ],
  ])('%s', (_what, event, expected) => {
    expect(event).toEqual(expected);
  });

  test('sets __proto__ as a field and leaves prototypes alone', () => {
    const event = kept(['__proto__.polluted', 1], ['constructor.prototype.polluted', 2]);
    foldField(event, '__proto__', 3);
    expect(({} as LogEvent)['polluted']).toBeUndefined();
    expect(JSON.stringify(event)).toBe(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}},"weir":{"extra":{"__proto__":3},"flags":["folded"]}}',
    );
  });
});
