import { describe, expect, test } from 'vitest';
import { hashPassword, SALT_BYTES, verifyPassword } from './password.ts';

const stored = hashPassword('caf\u00e9 au lait', Buffer.alloc(SALT_BYTES, 7));

describe('verifyPassword', () => {
  test('accepts the password, also in other code points for the same characters', () => {
    expect(verifyPassword('caf\u00e9 au lait', stored)).toBe(true);
    expect(verifyPassword('cafe\u0301 au lait', stored)).toBe(true);
  });

  test('refuses another password', () => {
    expect(verifyPassword('cafe au lait', stored)).toBe(false);
    expect(verifyPassword('', stored)).toBe(false);
  });

  test('matches nothing to a text that is no stored password', () => {
    for (const text of ['', 'scrypt$', 'scrypt$AA$AA', 'plain', `${stored}x$y`]) {
      expect(verifyPassword('caf\u00e9 au lait', text)).toBe(false);
    }
  });
});

describe('hashPassword', () => {
  test('gives two salts two hashes, and does not hold the password', () => {
    const other = hashPassword('caf\u00e9 au lait', Buffer.alloc(SALT_BYTES, 8));
    expect(other).not.toBe(stored);
    expect(stored).toMatch(/^scrypt\$[\w-]{22}\$[\w-]{43}$/);
  });

  test('refuses a salt of another length', () => {
    expect(() => hashPassword('x', Buffer.alloc(4))).toThrow('16 bytes, got 4');
  });
});
