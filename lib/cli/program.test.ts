import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { createTestTerminal } from '../../test/support/create-test-terminal.ts';
import { createProgram } from './program.ts';
import { reportFailure } from './report-failure.ts';

function leavesOf(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) });
  command.outputHelp();
  return help;
}

const nameOf = (command: Command): string => `${command.parent?.name()} ${command.name()}`;
const leaves = leavesOf(createProgram(createTestTerminal().terminal));

async function run(...args: string[]): Promise<number> {
  const { terminal } = createTestTerminal({ environment: { WEIR_HOME: '/nonexistent' } });
  const program = createProgram(terminal);
  for (const command of [program, ...leavesOf(program)]) {
    command.configureOutput({ writeOut: () => {}, writeErr: () => {} });
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    return reportFailure(terminal, error);
  }
}

describe('createProgram', () => {
  test.each(leaves.map((leaf) => [nameOf(leaf), leaf] as const))('%s shows an example', (_name, leaf) => {
    expect(helpOf(leaf)).toMatch(/Examples?:\n.*weir /);
  });

  test.each(leaves.map((leaf) => [nameOf(leaf), leaf] as const))(
    '%s prints JSON when asked',
    (_name, leaf) => {
      const output = leaf.options.find((option) => option.long === '--output');
      expect(output?.argChoices).toContain('json');
    },
  );

  test.each([
    ['an unknown command', ['serach']],
    ['an unknown option', ['law', '--form', 'now-1h']],
    ['an unknown format', ['health', '--output', 'yaml']],
    ['a missing option', ['keys', 'create']],
    ['a number that is none', ['law', '--wait', 'long']],
    ['no command', []],
    ['a deployment that nobody has named', ['law']],
  ])('exits with 2 for %s', async (_what, args) => {
    expect(await run(...args)).toBe(2);
  });

  test('exits with 0 when help is asked for', async () => {
    expect(await run('--help')).toBe(0);
    expect(await run('law', '--help')).toBe(0);
  });
});
