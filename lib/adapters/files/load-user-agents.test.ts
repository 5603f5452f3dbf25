import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadUserAgents } from './load-user-agents.ts';
import { readUserAgentRules } from './read-user-agent-rules.ts';

const RULES = new URL(import.meta.resolve('uap-core/regexes.yaml'));

function file(content: string): URL {
  const path = join(mkdtempSync(join(tmpdir(), 'weir-')), 'user-agents.json');
  writeFileSync(path, content);
  return pathToFileURL(path);
}

describe('loadUserAgents', () => {
  const reasons: string[] = [];
  const lookUp = loadUserAgents(file(JSON.stringify(readUserAgentRules(RULES))), (reason) =>
    reasons.push(reason),
  );

  test.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
      {
        name: 'Chrome',
        version: '131.0.0',
        os: { name: 'Windows', version: '10' },
        device: { name: 'Other' },
      },
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4.1 Mobile/15E148 Safari/604.1',
      {
        name: 'Mobile Safari',
        version: '17.4.1',
        os: { name: 'iOS', version: '17.4.1' },
        device: { name: 'iPhone' },
      },
    ],
    [
      'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
      {
        name: 'Chrome Mobile',
        version: '131.0.0',
        os: { name: 'Android', version: '14' },
        device: { name: 'Pixel 8' },
      },
    ],
    [
      'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
      { name: 'Googlebot', version: '2.1', device: { name: 'Spider' } },
    ],
    ['curl/8.5.0', { name: 'curl', version: '8.5.0', device: { name: 'Other' } }],
  ])('takes %s apart', (original, fields) => {
    expect(lookUp(original)).toEqual(fields);
    expect(lookUp(original)).toBe(lookUp(original));
  });

  test.each([
    ['missing', new URL('file:///nowhere/user-agents.json')],
    ['broken', file('{')],
    ['of another kind', file('{}')],
  ])('answers that it cannot, and says why once, where the file is %s', (_what, wrong) => {
    const said: string[] = [];
    const broken = loadUserAgents(wrong, (reason) => said.push(reason));
    expect([broken('curl/8'), broken('curl/8')]).toEqual(['unavailable', 'unavailable']);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/user agent rules cannot be read/);
  });
});
