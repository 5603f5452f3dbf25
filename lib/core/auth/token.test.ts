import { describe, expect, test } from 'vitest';
import { hasScope, scopesOf } from './permission.ts';
import { bearerToken, sessionClaims } from './token.ts';
import { Role } from './user.ts';

describe('sessionClaims', () => {
  test('lets a session live for 15 minutes, in whole seconds', () => {
    const claims = sessionClaims({ email: 'ada@example.com', role: 'viewer' }, 1_999);
    expect(claims).toEqual({ sub: 'ada@example.com', role: 'viewer', iat: 1, exp: 901 });
  });
});

describe('bearerToken', () => {
  test.each([
    ['Bearer abc', 'abc'],
    [' bearer  abc ', 'abc'],
    ['Basic abc', undefined],
    ['Bearer', undefined],
    ['Bearer a b', undefined],
    [undefined, undefined],
  ])('reads %j as %j', (header, token) => {
    expect(bearerToken(header)).toBe(token);
  });
});

describe('scopesOf', () => {
  test('gives each role all that the one below has, and admin to the admin alone', () => {
    const [viewer = [], editor = [], admin = []] = Role.options.map(scopesOf);
    expect(viewer.every((scope) => editor.includes(scope))).toBe(true);
    expect(editor.every((scope) => admin.includes(scope))).toBe(true);
    expect(Role.options.filter((role) => hasScope(role, 'admin'))).toEqual(['admin']);
    expect(Role.options.filter((role) => hasScope(role, 'rules:write'))).toEqual(['editor', 'admin']);
  });
});
