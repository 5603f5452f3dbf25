import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { openStack } from './deployed-stack.ts';

const stack = openStack();
const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** Needs an AWS account, or is what this very test runs in. */
const NOT_HERE = /^(aws|npx cdk|ALERT_WEBHOOK=|export CONTROL_TABLE|npm run|npm test)\b/m;

const blocks = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/```bash\n(.*?)```/gs)]
  .map(([, script = '']) => script)
  .filter((script) => !NOT_HERE.test(script));

describe('the examples of the README', () => {
  test('are found', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(3);
  });

  test.each(blocks)('run as they stand: %s', async (script) => {
    const folder = mkdtempSync(join(tmpdir(), 'weir-readme-'));
    copyFileSync(join(root, 'events/pipe.log'), join(folder, 'app.log'));
    const weir = `npx() { shift; node "${root}/bin/weir.ts" "$@"; }`;
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', `${weir}\n${script}`], {
      cwd: folder,
      env: {
        ...process.env,
        WEIR_HOME: resolve(root, process.env['WEIR_HOME'] ?? ''),
        WEIR_INTAKE_URL: stack.intakeUrl,
        WEIR_INGEST_KEY: stack.ingestKey,
      },
    });
    expect(stdout).not.toBe('');
    if (script.includes('curl')) expect(JSON.parse(stdout)).toMatchObject({ accepted: 2 });
  });
});
