import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { createTestTerminal } from '../../test/support/create-test-terminal.ts';
import { registerSimulate } from './simulate.ts';
import { CommandError } from './terminal.ts';

async function simulate(input: string, ...args: string[]): Promise<string[]> {
  const { terminal, lines } = createTestTerminal({ input });
  const program = new Command('weir');
  registerSimulate(program, terminal);
  await program.parseAsync(['simulate', ...args], { from: 'user' });
  return lines;
}

describe('simulate', () => {
  test('prints one event a line, with the databases that are deployed', async () => {
    const line = '8.8.8.8 - - [02/Nov/2025:10:11:12 +0000] "GET / HTTP/1.1" 200 5 "-" "curl/8.5.0"';
    const events = (await simulate(`${line}\nhello\n`)).map((text) => JSON.parse(text));
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({
      source: { geo: { country_iso_code: 'US' } },
      user_agent: { name: 'curl' },
      event: { id: expect.stringMatching(/^[\w-]{22}$/) },
    });
    expect(events[1]).toMatchObject({
      message: 'hello',
      tags: ['_parsefailure'],
      service: { name: 'simulate' },
    });
  });

  test('selects the pipeline by source', async () => {
    const [line] = await simulate('{"a":1}', '--source', 'orders-api', '--output', 'pretty');
    expect(line).toMatch(/^# orders-2026\.11\.21\n\{\n {2}"a": 1,/);
  });

  test('uses the pipeline that is named', async () => {
    const [line] = await simulate('INFO|a|2025-11-02T10:11:12|hi', '--pipeline', 'parcel-tracking');
    expect(JSON.parse(line!)).toMatchObject({ log_message: 'hi', weir: { pipeline: 'parcel-tracking' } });
  });

  test('reads the records of a dialect', async () => {
    expect(await simulate('[{"a":1},\n{"a":2}]', '--dialect', 'json')).toHaveLength(2);
  });

  test('names the closest pipeline where there is none of the name', async () => {
    const run = simulate('', '--pipeline', 'order');
    await expect(run).rejects.toThrow('There is no pipeline order. Did you mean orders? Pipelines: orders,');
    await expect(run).rejects.toMatchObject({ exitCode: 2 });
    await expect(run).rejects.toBeInstanceOf(CommandError);
  });
});
