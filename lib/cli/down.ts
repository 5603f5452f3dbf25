import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { LocalStackError } from '../local/local-stack-error.ts';
import { DEFAULT_HOME } from '../local/stack-paths.ts';

export interface DownOptions {
  readonly home: string;
  readonly output: 'text' | 'json';
}

/** Stops the local stack and prints what was stopped. */
async function down({ home, output }: DownOptions): Promise<void> {
  const { stopStack } = await import('../local/stop-stack.ts');
  const stopped = await stopStack({ home: resolve(home) });
  if (output === 'json') process.stdout.write(`${JSON.stringify({ stopped })}\n`);
  else process.stdout.write(stopped.length > 0 ? `Stopped ${stopped.join(', ')}.\n` : 'Nothing ran.\n');
}

/** Adds `weir down`. */
export function registerDown(program: Command): void {
  program
    .command('down')
    .description('Stop the local stack and remove its data; downloads stay in the cache')
    .option('--home <folder>', 'folder of the stack', DEFAULT_HOME)
    .addOption(new Option('--output <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExamples:\n  weir down\n  weir down --home .weir/second')
    .action(async (options: DownOptions) => {
      try {
        await down(options);
      } catch (error) {
        if (!(error instanceof LocalStackError)) throw error;
        process.stderr.write(`${error.message}\n`);
        process.exitCode = 1;
      }
    });
}
