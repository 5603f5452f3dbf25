import { describe, expect, test } from 'vitest';
import { foldEvent } from './fold-event.ts';

describe('foldEvent', () => {
  test('keeps what Weir types itself and folds the rest as text', () => {
    const folded = foldEvent({
      '@timestamp': '2025-11-02T10:11:12.345Z',
      message: 'hi',
      event: { id: 'x', customer: 'demo' },
      status: { code: 1 },
      weir: { pipeline: 'default' },
    });
    expect(folded).toEqual({
      '@timestamp': '2025-11-02T10:11:12.345Z',
      message: 'hi',
      event: { id: 'x' },
      weir: {
        pipeline: 'default',
        extra: '{"event":{"customer":"demo"},"status":{"code":1}}',
        flags: ['folded'],
      },
    });
  });

  test('keeps what the pipeline folded before', () => {
    const folded = foldEvent({ a: 1, weir: { extra: '{"b":2}', flags: ['folded'] } });
    expect(folded['weir']).toEqual({
      extra: String.raw`{"a":1,"weir":{"extra":"{\"b\":2}"}}`,
      flags: ['folded'],
    });
  });

  test('folds a message and an event that are not of their type', () => {
    expect(foldEvent({ message: 1, event: 'x', ['__proto__']: 2 })['weir']).toEqual({
      extra: '{"message":1,"event":"x","__proto__":2}',
      flags: ['folded'],
    });
  });

  test('does not change the event that was refused', () => {
    const event = { a: 1, weir: { flags: ['cut'] } };
    foldEvent(event);
    expect(event).toEqual({ a: 1, weir: { flags: ['cut'] } });
  });
});
