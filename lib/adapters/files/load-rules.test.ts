import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE_RULE } from '../../core/alert/rule.fixture.ts';
import { loadRules } from './load-rules.ts';

describe('loadRules', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rules-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const load = async (content: unknown) => {
    const file = join(folder, 'rules.json');
    await writeFile(file, JSON.stringify(content));
    return loadRules(pathToFileURL(file), { WINDOW_MINUTES: 5 });
  };

  test('reads the rules of a bundle and puts the parameters in', async () => {
    const rules = await load([{ ...SAMPLE_RULE, window: `\${WINDOW_MINUTES}m` }]);
    expect(rules).toMatchObject([{ id: 'sample', windowSeconds: 300 }]);
  });

  test('names the rule when one cannot be used', async () => {
    await expect(load([{ ...SAMPLE_RULE, kind: 'ratio' }, 7])).rejects.toThrow(
      /^rule "sample": kind: .*\nrule number 2: /,
    );
  });

  test('refuses a file that is not a list', async () => {
    await expect(load({})).rejects.toThrow('does not hold an array of rules');
  });
});
