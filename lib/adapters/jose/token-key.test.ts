import { describe, expect, test } from 'vitest';
import { sessionClaims } from '../../core/auth/token.ts';
import { createTokenKey, generateTokenKey } from './token-key.ts';

const NOW = Date.UTC(2026, 10, 21, 13);
const claims = sessionClaims({ email: 'ada@example.com', role: 'editor' }, NOW);
const secret = await generateTokenKey();
const keyAt = (timeMs: number, content = secret) =>
  createTokenKey(
    async () => content,
    () => timeMs,
  );

describe('createTokenKey', () => {
  test('verifies what it signed, and names the key in the header', async () => {
    const token = await keyAt(NOW).sign(claims);
    expect(await keyAt(NOW).verify(token)).toEqual(claims);
    const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
    expect(header).toEqual({ alg: 'EdDSA', typ: 'JWT', kid: JSON.parse(secret).kid });
  });

  test('refuses a token after 15 minutes', async () => {
    const token = await keyAt(NOW).sign(claims);
    expect(await keyAt(NOW + 899_000).verify(token)).toEqual(claims);
    expect(await keyAt(NOW + 900_000).verify(token)).toBeUndefined();
  });

  test('refuses a token of another key, an unsigned one, a changed one and rubbish', async () => {
    const token = await keyAt(NOW).sign(claims);
    const [header = '', payload = '', signature = ''] = token.split('.');
    const admin = Buffer.from(JSON.stringify({ ...claims, role: 'admin' })).toString('base64url');
    const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    const key = keyAt(NOW);
    expect(await keyAt(NOW, await generateTokenKey()).verify(token)).toBeUndefined();
    for (const forged of [`${header}.${admin}.${signature}`, `${none}.${payload}.`, 'rubbish', '']) {
      expect(await key.verify(forged)).toBeUndefined();
    }
  });

  test('says how to make a key, and quotes no secret, when the secret holds none; finds one written later', async () => {
    let content = 'hunter2';
    const key = createTokenKey(
      async () => content,
      () => NOW,
    );
    const failure = await key.sign(claims).catch((error: Error) => error);
    expect(String(failure)).toContain('weir keys token');
    expect(String(failure)).not.toContain('hunter2');
    content = secret;
    expect(await key.sign(claims)).toMatch(/^ey/);
  });
});
