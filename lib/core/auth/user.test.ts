import { expect, test } from 'vitest';
import { User } from './user.ts';

const user = {
  email: 'ada@example.org',
  role: 'admin',
  passwordHash: 'scrypt$a$b',
  createdAt: '2026-11-21T13:36:00Z',
};

test('User takes an address in lower case and a known role only', () => {
  expect(User.parse(user)).toEqual(user);
  expect(User.safeParse({ ...user, email: 'Ada@example.org' }).success).toBe(false);
  expect(User.safeParse({ ...user, role: 'root' }).success).toBe(false);
});
