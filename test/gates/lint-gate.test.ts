import { describe, expect, test } from 'vitest';
import { lintGate } from '../support/gates/gates.ts';
import { runGate } from './run-gate.ts';

const SOUND = `export function epoch(text: string): number {
  return new Date(text).getTime();
}
`;

/** Each file breaks one rule: the path, the text, and the rule that the gate must name. */
const VIOLATIONS = [
  ['lib/core/clock.ts', 'export const now = () => Date.now();\n', 'plugin'],
  ['lib/core/today.ts', 'export const today = () => new Date();\n', 'plugin'],
  ['lib/core/dice.ts', 'export const dice = () => Math.random();\n', 'plugin'],
  ['lib/core/stage.ts', 'export const stage = () => process.env;\n', 'plugin'],
  ['lib/ports/port.ts', 'export default 1;\n', 'lint/style/noDefaultExport'],
  ['functions/intake/handler.ts', 'console.log(1);\n', 'lint/suspicious/noConsole'],
  ['lib/runtime/loose.ts', 'export const loose: any = 1;\n', 'lint/suspicious/noExplicitAny'],
  ['lib/runtime/camelCase.ts', 'export const one = 1;\n', 'lint/style/useFilenamingConvention'],
  ['lib/runtime/spaced.ts', 'export   const two = 2;\n', 'format'],
] as const;

describe('lintGate', { timeout: 60_000 }, () => {
  test('passes on a sound tree, where new Date(text) is legal in lib/core', async () => {
    const { failed, output } = await runGate(lintGate, {
      'lib/core/epoch.ts': SOUND,
      'lib/runtime/clock.ts': 'export const now = () => Date.now();\n',
    });
    expect(failed, output).toBe(0);
  });

  test('fails and names each planted violation', async () => {
    const { failed, output } = await runGate(
      lintGate,
      Object.fromEntries(VIOLATIONS.map(([path, text]) => [path, text])),
    );
    expect(failed).toBe(1);
    const findings = [...output.matchAll(/^(\S+?)(?::\d+)* (\S+) (?:[ A-Z]+ )?━/gm)].map(([, path, rule]) => [
      path,
      rule,
    ]);
    expect(findings).toEqual(expect.arrayContaining(VIOLATIONS.map(([path, , rule]) => [path, rule])));
  });
});
