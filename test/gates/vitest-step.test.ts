import { describe, expect, test } from 'vitest';
import { judgeRun, runVitest } from '../support/gates/vitest-step.ts';
import { plantTree } from './plant-tree.ts';

const HEAD = "import { expect, test } from 'vitest';\n";

async function run(files: Readonly<Record<string, string>>, ...args: string[]) {
  await using tree = await plantTree(files);
  return await runVitest(args, { root: tree.root });
}

describe('runVitest', { timeout: 60_000 }, () => {
  test('counts passed, failed and skipped tests, with the reasons of the skipped', async () => {
    const { passed, failed, skipped, output } = await run({
      'test/a.test.ts': `${HEAD}
        test('adds', () => expect(1 + 1).toBe(2));
        test('adds wrongly', () => expect(1 + 1).toBe(3));
        test('needs ISM', (context) => context.skip('no ISM plugin here'));
        test.skip('is forgotten', () => {});`,
      'test/broken.test.ts': "import './missing.ts';\n",
    });
    expect({ passed, failed }).toEqual({ passed: 1, failed: 2 });
    expect(skipped).toEqual([
      { name: 'test/a.test.ts > needs ISM', reason: 'no ISM plugin here' },
      { name: 'test/a.test.ts > is forgotten', reason: 'no reason given' },
    ]);
    expect(output).toContain('expected 2 to be 3');
  });

  test('fails when there is no test', async () => {
    expect(await run({})).toMatchObject({ passed: 0, failed: 1 });
  });

  test('fails when an error comes up outside of a test', async () => {
    const { failed } = await run({
      'test/a.test.ts': `${HEAD}
        test('leaves a promise behind', () => { void Promise.reject(new Error('late')); expect(1).toBe(1); });`,
    });
    expect(failed).toBe(1);
  });

  test('fails when the process dies', async () => {
    const { failed } = await run({
      'test/a.test.ts': `${HEAD} test('lives', () => expect(1).toBe(1));`,
      'vitest.config.ts': 'process.exit(0);\n',
    });
    expect(failed).toBe(1);
  });
});

describe('judgeRun', () => {
  const counts = { passed: 3, failed: 0, skipped: [], finished: true };

  test('takes the counts of a run that ended well', () => {
    expect(judgeRun(JSON.stringify(counts), { exitCode: 0, output: '' })).toMatchObject({
      passed: 3,
      failed: 0,
    });
  });

  test('adds a failure when every test passed but the run did not (coverage under its threshold)', () => {
    expect(judgeRun(JSON.stringify(counts), { exitCode: 1, output: '' })).toMatchObject({
      passed: 3,
      failed: 1,
    });
  });

  test('adds a failure when the run was cut short', () => {
    const cut = JSON.stringify({ ...counts, finished: false });
    expect(judgeRun(cut, { exitCode: 0, output: '' })).toMatchObject({ passed: 3, failed: 1 });
  });
});
