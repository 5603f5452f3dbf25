import { describe, expect, test } from 'vitest';
import type { LogEvent } from '../event/log-event.ts';
import { level } from './level.ts';

const context = { receivedAtMs: 0, source: 'test' };

function read(event: LogEvent, options: object = {}): LogEvent {
  level.build(level.options.parse(options), {})(event, context);
  return event;
}

describe('level', () => {
  test.each<[LogEvent[string], string, number]>([
    ['INFO', 'info', 6],
    ['Warning', 'warning', 4],
    ['warn', 'warn', 4],
    ['E', 'error', 3],
    ['FTL', 'fatal', 2],
    ['CRITICAL', 'critical', 2],
    ['emerg', 'emergency', 0],
    ['SEVERE', 'severe', 2],
    ['trace', 'trace', 7],
    [0, 'emergency', 0],
    [7, 'debug', 7],
    [10, 'trace', 7],
    [30, 'info', 6],
    [60, 'fatal', 2],
  ])('reads %j as %s', (value, word, code) => {
    expect(read({ level: value })).toEqual({ log: { level: word, syslog: { severity: { code } } } });
  });

  test.each([8, 15, 70, -1, 3.5, null, true, 'high', 'x'.repeat(1000), {}])(
    'leaves %j, which is not a level',
    (value) => {
      expect(read({ level: value })).toEqual({ level: value });
    },
  );

  test('prefers the usual name and leaves the others', () => {
    expect(read({ log: { level: 'WARN' }, level: 'info' })).toEqual({
      log: { level: 'warn', syslog: { severity: { code: 4 } } },
      level: 'info',
    });
  });

  test('keeps what stands in the place of the level', () => {
    expect(read({ log: { level: 'high' }, level: 'info' })).toEqual({
      log: { level: 'info', syslog: { severity: { code: 6 } } },
      weir: { extra: { 'log.level': 'high' }, flags: ['folded'] },
    });
  });

  test('writes an unknown word in lower case, unless words are kept', () => {
    expect(read({ log: { level: 'HIGH' } })).toEqual({ log: { level: 'high' } });
    expect(read({ log: { level: 'HIGH' } }, { case: 'keep' })).toEqual({ log: { level: 'HIGH' } });
  });

  test('reads from the field that it is told', () => {
    expect(read({ importance: 'W', level: 'info' }, { field: 'importance', case: 'keep' })).toEqual({
      log: { level: 'W', syslog: { severity: { code: 4 } } },
      level: 'info',
    });
  });
});
