import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { startTestIntake } from './start-test-intake.ts';

const SERVER = new URL('./server.ts', import.meta.url);

function startServer(environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [SERVER.pathname], {
    env: { PATH: process.env['PATH'], PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

describe('server', { timeout: 30_000 }, () => {
  test('delivers every line in the order of its output when it gets SIGTERM', async () => {
    await using intake = await startTestIntake();
    const server = startServer({ WEIR_INTAKE_URL: intake.url, WEIR_INGEST_KEY: 'wk_test' });
    const exited = once(server, 'exit');
    const output: string[] = [];
    const lines = createInterface({ input: server.stdout! });
    lines.on('line', (line) => output.push(line));
    await once(lines, 'line');
    const url = /http:\S+/.exec(JSON.parse(output[0]!).message)?.[0];
    for (const customer of ['ann', 'bob', 'cleo']) {
      const answer = await fetch(`${url}/orders`, {
        method: 'POST',
        body: JSON.stringify({ customer, total: 1 }),
      });
      expect(answer.status).toBe(201);
    }
    server.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    expect(output).toHaveLength(5);
    expect(intake.stored()).toEqual(output);
    expect(intake.stored().map((line) => JSON.parse(line).event.action)).toEqual([
      'started',
      'order_created',
      'order_created',
      'order_created',
      'stopped',
    ]);
  });

  test('says which setting is wrong and exits 2', async () => {
    const server = startServer({ WEIR_INTAKE_URL: 'https://logs.example' });
    const [[code], [message]] = await Promise.all([once(server, 'exit'), once(server.stderr!, 'data')]);
    expect(code).toBe(2);
    expect(String(message)).toContain('WEIR_INGEST_KEY');
  });
});
