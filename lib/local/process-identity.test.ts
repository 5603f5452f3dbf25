import { expect, test } from 'vitest';
import { identify, isAlive, parseIdentity } from './process-identity.ts';

const PID_THAT_CANNOT_BE = 2 ** 30;

test('identify tells this process, always the same', () => {
  const identity = identify(process.pid);
  expect(identity?.pid).toBe(process.pid);
  expect(identify(process.pid)).toEqual(identity);
});

test('identify gives nothing when no process has the pid', () => {
  expect(identify(PID_THAT_CANNOT_BE)).toBeUndefined();
});

test('isAlive is false when another process has got the pid', () => {
  expect(isAlive({ pid: process.pid, startedAt: 'another time' })).toBe(false);
});

test('parseIdentity reads a pid with a start time in ticks or as a date', () => {
  expect(parseIdentity('42 328128\n')).toEqual({ pid: 42, startedAt: '328128' });
  expect(parseIdentity('42 Sat Nov 1 14:31:02 2026\n')).toEqual({
    pid: 42,
    startedAt: 'Sat Nov 1 14:31:02 2026',
  });
});

test.each(['', '42', '42 ', 'x 1'])('parseIdentity gives nothing for %j', (text) => {
  expect(parseIdentity(text)).toBeUndefined();
});
