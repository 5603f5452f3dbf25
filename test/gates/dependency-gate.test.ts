import { describe, expect, test } from 'vitest';
import { dependencyGate, judgeReport } from '../support/gates/dependency-gate.ts';
import { runGate } from './run-gate.ts';

const imports = (path: string) => `import '${path}';\n`;

const SOUND = {
  'lib/core/a.ts': "import * as z from 'zod';\nexport const a = z.string();\n",
  'lib/ports/a.ts': imports('../core/a.ts'),
  'lib/adapters/s3/a.ts': imports('../../ports/a.ts'),
  'functions/intake/handler.ts': imports('../../lib/adapters/s3/a.ts'),
};

const VIOLATIONS = {
  'lib/core/read.ts': imports('node:fs'),
  'lib/core/use-port.ts': imports('../ports/a.ts'),
  'lib/core/circle.ts': imports('./square.ts'),
  'lib/core/square.ts': imports('./circle.ts'),
  'lib/ports/fetch.ts': imports('node:http'),
  'lib/adapters/sqs/a.ts': imports('../s3/a.ts'),
  'functions/process/handler.ts': imports('../intake/handler.ts'),
  'lib/adapters/s3/infra.ts': imports('../../infra/a.ts'),
  'lib/infra/a.ts': 'export {};\n',
  'lib/runtime/cdk.ts': imports('aws-cdk-lib'),
  'lib/runtime/local.ts': imports('../local/a.ts'),
  'lib/local/a.ts': 'export {};\n',
};

describe('dependencyGate', { timeout: 60_000 }, () => {
  test('passes and counts the modules on a sound tree', async () => {
    const { failed, output } = await runGate(dependencyGate, SOUND);
    expect(failed, output).toBe(0);
    expect(output).toMatch(/^[1-9]\d* modules$/);
  });

  test('fails and names each planted violation', async () => {
    const { failed, output } = await runGate(dependencyGate, { ...SOUND, ...VIOLATIONS });
    expect(failed).toBe(1);
    expect(
      output
        .split('\n')
        .slice(1)
        .map((line) => line.replace(/ -> .*/, ''))
        .sort(),
    ).toEqual([
      'error adapters-do-not-meet: lib/adapters/sqs/a.ts',
      'error cdk-only-in-infra: lib/runtime/cdk.ts',
      'error core-is-pure: lib/core/read.ts',
      'error core-is-pure: lib/core/use-port.ts',
      'error functions-do-not-meet: functions/process/handler.ts',
      'error infra-only-from-bin: lib/adapters/s3/infra.ts',
      'error local-tooling-stays-local: lib/runtime/local.ts',
      'error no-circular: lib/core/circle.ts',
      'error ports-are-types: lib/ports/fetch.ts',
    ]);
  });

  test('fails when there is no module to look at', async () => {
    expect(
      await runGate((root) => dependencyGate(root, ['docs']), { ...SOUND, 'docs/a.md': '' }),
    ).toMatchObject({
      passed: 0,
      failed: 1,
      output: '0 modules',
    });
  });
});

describe('judgeReport', () => {
  test('fails when the tool wrote no report', () => {
    const { failed, output } = judgeReport('', 'no such config');
    expect(failed).toBe(1);
    expect(output).toContain('no such config');
  });
});
