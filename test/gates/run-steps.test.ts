import { describe, expect, test } from 'vitest';
import { listSkipped } from '../support/gates/list-skipped.ts';
import { runSteps, summary } from '../support/gates/run-steps.ts';
import { type Step, type StepResult, verdict } from '../support/gates/step.ts';

const step = (name: string, result: StepResult | Error): Step => ({
  name,
  run: async () => {
    if (result instanceof Error) throw result;
    return result;
  },
});

async function run(...groups: Step[][]) {
  const lines: string[] = [];
  const interruption = new AbortController();
  const total = await runSteps(groups, {
    print: (line) => lines.push(line),
    interruption: interruption.signal,
  });
  return { total, text: lines.join('\n') };
}

describe('runSteps', () => {
  test('goes on after a failure and sums up everything', async () => {
    const tests = { passed: 40, failed: 0, skipped: [{ name: 'ism', reason: 'no plugin' }], output: 'quiet' };
    const { total, text } = await run(
      [step('lint', verdict(false, 'a.ts: no')), step('types', verdict(true, ''))],
      [step('tests', tests)],
    );
    expect(summary(total)).toBe('41 passed, 1 failed, 1 skipped');
    expect(text).toMatch(/FAILED lint: 0 passed, 1 failed in \d+\.\d s\n {2}\| a\.ts: no/);
    expect(text).toMatch(/ok {4}tests: 40 passed, 0 failed, 1 skipped in/);
    expect(text).not.toContain('quiet');
  });

  test('counts a step that throws as a failure', async () => {
    const { total, text } = await run(
      [step('stack', new Error('no Java'))],
      [step('tests', verdict(true, ''))],
    );
    expect(summary(total)).toBe('1 passed, 1 failed');
    expect(text).toContain('no Java');
  });

  test('shows that a long step goes on', async () => {
    const lines: string[] = [];
    const goesOn = Promise.withResolvers<StepResult>();
    const print = (line: string): void => {
      lines.push(line);
      if (lines.length === 3) goesOn.resolve(verdict(true, ''));
    };
    const long: Step = { name: 'long', run: () => goesOn.promise };
    await runSteps([[long]], { print, interruption: new AbortController().signal, heartbeatMs: 1 });
    expect(lines[2]).toMatch(/long \(\d+ s\)/);
    expect(lines.at(-1)).toMatch(/ok {4}long/);
  });

  test('begins nothing more when it is interrupted', async () => {
    const interruption = new AbortController();
    const begun: string[] = [];
    const stop: Step = {
      name: 'stop',
      run: async () => {
        interruption.abort();
        return verdict(true, '');
      },
    };
    await runSteps([[stop], [step('next', verdict(true, ''))]], {
      print: (line) => begun.push(line),
      interruption: interruption.signal,
    });
    expect(begun.join()).not.toContain('next');
  });
});

describe('listSkipped', () => {
  test('gives each reason once, with the number of its tests', () => {
    expect(
      listSkipped([
        { name: 'a', reason: 'no ISM' },
        { name: 'b', reason: 'no ISM' },
        { name: 'c', reason: 'no Docker' },
      ]),
    ).toEqual(['  skipped: no ISM (a and 1 more)', '  skipped: no Docker (c)']);
  });
});
