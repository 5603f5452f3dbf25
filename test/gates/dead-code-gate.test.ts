import { describe, expect, test } from 'vitest';
import { deadCodeGate } from '../support/gates/gates.ts';
import { packageJson } from './plant-tree.ts';
import { runGate } from './run-gate.ts';

const HANDLER = "import { used } from '../../lib/core/code.ts';\nexport const handler = () => used;\n";

describe('deadCodeGate', { timeout: 60_000 }, () => {
  test('passes where every export has a reader', async () => {
    const { failed, output } = await runGate(deadCodeGate, {
      'functions/intake/handler.ts': HANDLER,
      'lib/core/code.ts': 'export const used = 1;\n',
    });
    expect(failed, output).toBe(0);
  });

  test('fails on an unused export, an unused file and an unused package', async () => {
    const { failed, output } = await runGate(deadCodeGate, {
      'package.json': packageJson({ yaml: '2.9.1' }),
      'functions/intake/handler.ts': HANDLER,
      'lib/core/code.ts': 'export const used = 1;\nexport const unused = 2;\n',
      'lib/core/forgotten.ts': 'export const forgotten = 1;\n',
    });
    expect(failed).toBe(1);
    expect(output).toMatch(/unused\s+lib\/core\/code\.ts/);
    expect(output).toMatch(/lib\/core\/forgotten\.ts/);
    expect(output).toMatch(/yaml\s+package\.json/);
  });
});
