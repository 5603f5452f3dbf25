import { relative, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { LocalStackError } from '../local/local-stack-error.ts';
import { type Progress, showProgress } from '../local/progress.ts';
import { DEFAULT_HOME, PROJECT_DIRECTORY, type StackPaths, stackPaths } from '../local/stack-paths.ts';
import type { LocalStack } from '../local/state-file.ts';

/** What is done with a stack once it runs, such as sending samples. */
export type AfterStart = (paths: StackPaths, stack: LocalStack, progress: Progress) => Promise<void>;

export interface UpOptions {
  readonly home: string;
  readonly docker: boolean;
  readonly output: 'text' | 'json';
  readonly afterStart: readonly AfterStart[];
}

/** Starts the local stack, shows progress on standard error and prints where it answers on standard output. */
async function up({ home, docker, output, afterStart }: UpOptions): Promise<LocalStack> {
  const progress = showProgress(process.stderr);
  const directory = resolve(home);
  const { startStack } = await import('../local/start-stack.ts');
  const interruption = await watchForInterruption(directory);
  try {
    const stack = await startStack({ home: directory, docker, progress });
    for (const act of afterStart) await act(stackPaths(directory), stack, progress);
    process.stdout.write(output === 'json' ? `${JSON.stringify(stack)}\n` : summarize(stack, directory));
    return stack;
  } catch (error) {
    await interruption(); // which makes the job that was under way fail
    throw error;
  }
}

/** Adds `weir up`. `afterStart` runs in order once the stack is deployed. */
export function registerUp(program: Command, afterStart: readonly AfterStart[] = []): void {
  program
    .command('up')
    .description('Start a local stack and deploy the checkout to it; a second time, only what has changed')
    .option('--docker', 'run OpenSearch and the AWS emulator in containers', false)
    .option(
      '--home <folder>',
      'folder of the stack; stacks of different folders run side by side',
      DEFAULT_HOME,
    )
    .addOption(new Option('--output <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      `
Settings, as environment variables:
  ALERT_WEBHOOK    where alerts are posted to (a local receiver)
  ALERT_THRESHOLD  errors that set off the sample alert
  WINDOW_MINUTES   minutes in which they are counted

Examples:
  weir up
  ALERT_THRESHOLD=3 weir up
  weir up --home .weir/second --output json`,
    )
    .action(async (options: Omit<UpOptions, 'afterStart'>) => {
      try {
        await up({ ...options, afterStart });
      } catch (error) {
        if (!(error instanceof LocalStackError)) throw error;
        process.stderr.write(`\n${error.message}\n`);
        process.exitCode = 1;
      }
    });
}

/**
 * Ends this process and the job under way when it is interrupted: jobs run in groups of their own, where Ctrl-C does not
 * reach them. The result never resolves once that has begun.
 */
async function watchForInterruption(home: string): Promise<() => Promise<void>> {
  const { stopJobs } = await import('../local/run-job.ts');
  let ending: Promise<void> | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      ending ??= stopJobs(stackPaths(home)).then(() => {
        process.stderr.write(
          '\nInterrupted. `npm run up` goes on from here, `npm run down` stops everything.\n',
        );
        process.exit(130);
      });
    });
  }
  return async () => ending;
}

function summarize(stack: LocalStack, home: string): string {
  const state = relative(PROJECT_DIRECTORY, stackPaths(home).state);
  return `
Weir runs.
  Intake      ${stack.intakeUrl}
  API         ${stack.apiUrl}
  OpenSearch  ${stack.openSearchUrl}
  AWS         ${stack.awsEndpointUrl} (emulated)
  Webhooks    ${stack.webhookReceiverUrl}/received
Keys, passwords and names are in ${state}.

Send a line:
  curl -H "Authorization: Bearer ${stack.ingestKey}" -d '{"message":"hello"}' \\
    -H 'Content-Type: application/x-ndjson' ${stack.intakeUrl}/ingest/hello
`;
}
