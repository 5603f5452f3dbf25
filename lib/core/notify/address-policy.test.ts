import { describe, expect, test } from 'vitest';
import { createAddressPolicy } from './address-policy.ts';

const strict = createAddressPolicy([]);
const wide = createAddressPolicy(['0.0.0.0/0', '::/0']);

const METADATA = [
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
  '168.63.129.16',
  '100.100.100.200',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '::ffff:0:169.254.169.254',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::a9fe:a9fe',
  '2002:a9fe:a9fe::1',
  '2001:0:a9fe:a9fe::1',
  'fd00:ec2::254%eth0',
];

describe('createAddressPolicy', () => {
  test.each([
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['loopback', '::1'],
    ['unspecified', '0.0.0.0'],
    ['unspecified', '::'],
    ['private', '10.0.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['link-local', '169.254.1.1'],
    ['link-local', 'fe80::1'],
    ['link-local', 'fe80::1%eth0'],
    ['unique-local', 'fd12:3456::1'],
    ['CGNAT', '100.64.0.1'],
    ['multicast', '224.0.0.1'],
    ['multicast', 'ff02::1'],
    ['broadcast', '255.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['reserved', '192.0.2.1'],
    ['reserved', '198.18.0.1'],
    ['documentation', '2001:db8::1'],
    ['unassigned', '4000::1'],
    ['6to4', '2002:0a00:0001::1'],
    ['6to4 of a public address', '2002:0808:0808::1'],
    ['Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
    ['NAT64 of a private address', '64:ff9b::10.0.0.1'],
    ['local NAT64', '64:ff9b:1::a00:1'],
    ['IPv4-mapped', '::ffff:10.0.0.1'],
    ['IPv4-mapped loopback', '::ffff:7f00:1'],
    ['IPv4-translated', '::ffff:0:10.0.0.1'],
    ['IPv4-compatible', '::7f00:1'],
    ['not an address', 'localhost'],
    ['not an address', ''],
  ])('refuses %s (%s)', (_name, address) => {
    expect(strict(address).kind).toBe('refused');
  });

  test.each(['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8'])(
    'allows public %s',
    (address) => {
      expect(strict(address)).toEqual({ kind: 'allowed', isPrivate: false });
    },
  );

  test.each(METADATA)('refuses the metadata address %s even when everything is allowed', (address) => {
    expect(wide(address).kind).toBe('refused');
  });

  test('allows a private range, and only that', () => {
    const policy = createAddressPolicy(['127.0.0.0/8', 'fd12::/16']);
    const verdicts = ['127.0.0.1', '::ffff:127.0.0.1', 'fd12::1', '10.0.0.1', 'fd13::1'].map(policy);
    expect(verdicts.map((verdict) => verdict.kind)).toEqual([
      'allowed',
      'allowed',
      'allowed',
      'refused',
      'refused',
    ]);
    expect(verdicts[0]).toEqual({ kind: 'allowed', isPrivate: true });
  });

  test('says how to write a range when one cannot be read', () => {
    expect(() => createAddressPolicy(['10.0.0.0'])).toThrow('write it like 10.0.0.0/8');
  });
});
