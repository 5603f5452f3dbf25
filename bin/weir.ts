import { createProgram } from '../lib/cli/program.ts';
import { reportFailure } from '../lib/cli/report-failure.ts';
import { processTerminal } from '../lib/cli/terminal.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of a pipe, such as `head`, has seen enough.
  process.exit(error.code === 'EPIPE' ? 0 : 3);
});

try {
  await createProgram(processTerminal).parseAsync(process.argv);
} catch (error) {
  process.exitCode = reportFailure(processTerminal, error);
}
