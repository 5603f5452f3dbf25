import { describe, expect, test } from 'vitest';
import { addressKind, readAddressList } from './address.ts';

describe('addressKind', () => {
  test.each([
    ['8.8.8.8', 'public'],
    ['2001:4860:4860::8888', 'public'],
    ['::ffff:8.8.8.8', 'public'],
    ['10.0.0.1', 'special'],
    ['127.0.0.1', 'special'],
    ['100.64.0.1', 'special'],
    ['169.254.169.254', 'special'],
    ['::ffff:10.0.0.1', 'special'],
    ['::1', 'special'],
    ['fe80::1', 'special'],
    ['fc00::1', 'special'],
    ['fe80::1%eth0', 'invalid'],
    ['1', 'invalid'],
    ['010.1.1.1', 'invalid'],
    ['1.2.3', 'invalid'],
    ['1.2.3.256', 'invalid'],
    ['example.org', 'invalid'],
    ['', 'invalid'],
    [':'.repeat(1000), 'invalid'],
  ])('sorts %j as %s', (address, kind) => {
    expect(addressKind(address)).toBe(kind);
  });
});

describe('readAddressList', () => {
  test('leaves out what is not an address', () => {
    expect(readAddressList(' 10.0.0.1,unknown, ::1 ,,8.8.8.8')).toEqual(['10.0.0.1', '::1', '8.8.8.8']);
  });

  test('reads no more than a bounded part of a hostile list', () => {
    expect(readAddressList('8.8.8.8,'.repeat(100_000)).length).toBeLessThan(300);
  });
});
