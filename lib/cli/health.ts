import type { Command } from 'commander';
import * as z from 'zod';
import { openConnection } from './connection.ts';
import { alignRows, type OutputFormat, outputFormat, outputOption, print } from './output.ts';
import { CommandError, EXIT, type Terminal } from './terminal.ts';

const TIMEOUT_MS = 15_000;

const State = z.enum(['up', 'degraded', 'down']);
const Report = z.object({
  status: State,
  services: z.record(z.string(), z.object({ status: State, detail: z.string().optional() })),
});

/** Adds `weir health`. */
export function registerHealth(program: Command, terminal: Terminal): void {
  program
    .command('health')
    .description('Say how each service is; 1 where one is not up')
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ weir health --output json')
    .action(async (_options: unknown, command: Command) => {
      const connection = openConnection(terminal.environment);
      await health(terminal, connection.need('apiUrl'), outputFormat(command));
    });
}

/** Prints the API's own health report. */
export async function health(terminal: Terminal, apiUrl: string, format: OutputFormat): Promise<void> {
  const response = await fetch(new URL('/health', apiUrl), { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const report = Report.safeParse(await response.json().catch(() => undefined));
  if (!report.success) {
    throw new CommandError(EXIT.unreachable, `The API answered ${response.status} without a health report.`);
  }
  print(terminal, format, report.data, ({ status, services }) => [
    `Weir is ${status}`,
    ...alignRows(
      Object.entries(services).map(([name, service]) => [`  ${name}`, service.status, service.detail ?? '']),
    ),
  ]);
  terminal.exit(report.data.status === 'up' ? EXIT.ok : EXIT.findings);
}
