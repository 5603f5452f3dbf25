import { describe, expect, test } from 'vitest';
import { runCommand } from '../support/gates/run-command.ts';

const node = (script: string) => ['node', '-e', script];

describe('runCommand', { timeout: 30_000 }, () => {
  test('keeps both outputs and the exit code', async () => {
    const outcome = await runCommand(node("console.log('out'); console.error('err'); process.exitCode = 3"));
    expect(outcome).toEqual({ exitCode: 3, output: expect.stringMatching(/out\n.*err\n|err\n.*out\n/s) });
  });

  test('keeps the end of an output that is too long', async () => {
    const { output } = await runCommand(node("console.log('x'.repeat(100_000)); console.log('the end')"));
    expect(output.length).toBeLessThanOrEqual(40_000);
    expect(output).toMatch(/the end\n$/);
  });

  test('ends a command that takes too long and says so', async () => {
    const { exitCode, output } = await runCommand(node('setInterval(() => {}, 1000)'), {
      timeoutSeconds: 0.2,
    });
    expect(exitCode).toBeUndefined();
    expect(output).toContain('node was ended by SIGTERM');
  });

  test('reports a command that is not there', async () => {
    expect(await runCommand(['no-such-tool'])).toEqual({
      exitCode: undefined,
      output: expect.stringContaining('ENOENT'),
    });
  });
});
