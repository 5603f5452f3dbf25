/** Behind the npm scripts: `check` runs the tests, anything else is a command of the CLI. */
import { handOver } from './hand-over.mjs';

const [command, ...args] = process.argv.slice(2);
if (command === 'check') await handOver('test/support/check.ts', args);
else await handOver('bin/weir.ts', [command, ...args].filter(Boolean));
