import { Command } from 'commander';
import { registerArchive } from './archive.ts';
import { registerDocs } from './docs.ts';
import { registerDown } from './down.ts';
import { registerHealth } from './health.ts';
import { registerKeys } from './keys.ts';
import { registerLaw } from './law.ts';
import { registerSearch } from './search.ts';
import { registerSend } from './send.ts';
import { registerSetup } from './setup.ts';
import { registerSimulate } from './simulate.ts';
import type { Terminal } from './terminal.ts';
import { type AfterStart, registerUp } from './up.ts';
import { registerUsers } from './users.ts';

const AFTER_HELP = `
Every command takes --output json, and \`weir help <command>\` shows an example.
Exit codes: 0 ok, 1 findings, 2 usage, 3 no answer.
The deployment is the local stack of \`npm run up\`, or the one that environment variables name.`;

/** The whole command line. It throws instead of ending the process. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('weir')
    .description('Weir: logs in over HTTPS, SQS and CloudWatch, searched, archived, watched')
    .exitOverride()
    .addHelpText('after', AFTER_HELP);
  registerUp(program, [sendSamples]);
  registerDown(program);
  for (const register of REGISTERS) register(program, terminal);
  return program;
}

/** The cloud clients that the samples need are loaded by `up` alone. */
const sendSamples: AfterStart = async (...stack) => {
  const { showSamples } = await import('../local/samples/show-samples.ts');
  await showSamples(...stack);
};

const REGISTERS: readonly ((program: Command, terminal: Terminal) => void)[] = [
  registerSend,
  registerSearch,
  registerLaw,
  registerHealth,
  registerArchive,
  registerKeys,
  registerUsers,
  registerSetup,
  registerSimulate,
  registerDocs,
];
