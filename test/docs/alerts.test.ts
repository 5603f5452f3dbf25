import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { AlertEvent } from '../../lib/core/alert/event.ts';
import { readRules } from '../../lib/core/alert/read-rules.ts';
import { formatWebhook } from '../../lib/core/notify/webhook/format.ts';
import { parseWebhookSecret, signWebhook } from '../../lib/core/notify/webhook/sign.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const page = await readFile(new URL('../../docs/alerts.md', import.meta.url), 'utf8');

function example(language: string, title: string): string {
  const fence = new RegExp(`\`\`\`${language} ${title}\n(.*?)\`\`\``, 's').exec(page)?.[1];
  if (fence === undefined) throw new Error(`docs/alerts.md has no ${language} example "${title}"`);
  return fence;
}

describe('docs/alerts.md', () => {
  test('shows a rule that can be used', () => {
    const [rule] = readRules([{ file: 'docs/alerts.md', document: parse(example('yaml', 'rule')) }], {});
    expect(rule).toMatchObject({ id: 'checkout-errors', need: { breaches: 2, of: 3 }, windowSeconds: 300 });
  });

  test('shows the message as it is sent', () => {
    const message = JSON.parse(example('json', 'message'));
    expect(JSON.parse(formatWebhook(AlertEvent.parse(message.data)))).toEqual(message);
  });

  test('shows a check that accepts a genuine signature and no other', async () => {
    const source = Buffer.from(example('js', 'verify')).toString('base64');
    const { isGenuine } = await import(`data:text/javascript;base64,${source}`);
    const headers = signWebhook(parseWebhookSecret(SECRET), 'msg_1', 1000, '{}');
    expect(isGenuine(SECRET, headers, '{}', 1010)).toBe(true);
    expect(isGenuine(SECRET, headers, '{ }', 1010)).toBe(false);
    expect(isGenuine(SECRET, { ...headers, 'webhook-id': 'msg_2' }, '{}', 1010)).toBe(false);
    expect(isGenuine(SECRET.replace('M', 'N'), headers, '{}', 1010)).toBe(false);
    expect(isGenuine(SECRET, headers, '{}', 2000)).toBe(false);
  });
});
