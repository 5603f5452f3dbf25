import { describe, expect, test } from 'vitest';
import { typeGate } from '../support/gates/gates.ts';
import { runGate } from './run-gate.ts';

describe('typeGate', { timeout: 60_000 }, () => {
  test('passes on sound code', async () => {
    const { failed, output } = await runGate(typeGate, { 'lib/a.ts': 'export const one: number = 1;\n' });
    expect(failed, output).toBe(0);
  });

  test('fails on a wrong type, an unchecked index and syntax that Node cannot strip', async () => {
    const { failed, output } = await runGate(typeGate, {
      'lib/wrong.ts': "export const one: number = 'one';\n",
      'lib/index.ts': 'export const first = (list: number[]): number => list[0];\n',
      'lib/enum.ts': 'export enum Level { Low }\n',
    });
    expect(failed).toBe(1);
    expect(output).toMatch(/lib\/wrong\.ts.*TS2322/);
    expect(output).toMatch(/lib\/index\.ts.*TS2322/);
    expect(output).toMatch(/lib\/enum\.ts.*TS1294/);
  });
});
