import { showProgress } from '../../../lib/local/progress.ts';
import { startStack } from '../../../lib/local/start-stack.ts';
import type { LocalStack } from '../../../lib/local/state-file.ts';
import { stopStack } from '../../../lib/local/stop-stack.ts';
import type { Step } from './step.ts';
import { runVitest } from './vitest-step.ts';

/** Beside the user's own stack in `.weir`, so that a test run never touches it. */
const HOME = '.weir/test';
const TIMEOUT_SECONDS = 1200;

/** How a stack begins and ends. */
export interface StackLifecycle<Stack> {
  readonly start: () => Promise<Stack>;
  /** Also where nothing runs, or only a part. */
  readonly stop: () => Promise<unknown>;
}

/** The tests that need a deployed stack, against one of their own. */
export function stackStep(name: string, docker: boolean): Step {
  const lifecycle = {
    start: () => startStack({ home: HOME, docker, progress: showProgress(process.stdout) }),
    stop: () => stopStack({ home: HOME }),
  };
  return {
    name,
    run: (interruption) =>
      onFreshStack(lifecycle, async (stack) => {
        const options = {
          environment: addresses(stack),
          signal: interruption,
          timeoutSeconds: TIMEOUT_SECONDS,
        };
        const result = await runVitest(['--project', 'stack'], options);
        return { ...result, output: `${result.output}\nThe logs of the stack are in ${HOME}/logs.` };
      }),
  };
}

/** Does `work` on a stack that was empty before it, and stops the stack whatever happens. */
export async function onFreshStack<Stack, Result>(
  { start, stop }: StackLifecycle<Stack>,
  work: (stack: Stack) => Promise<Result>,
): Promise<Result> {
  await stop();
  try {
    return await work(await start());
  } finally {
    await stop();
  }
}

/** Where the tests find the stack. Credentials and region are in the environment since it was started. */
function addresses(stack: LocalStack): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: stack.awsEndpointUrl,
    OPENSEARCH_URL: stack.openSearchUrl,
    INTAKE_URL: stack.intakeUrl,
    API_URL: stack.apiUrl,
    WEIR_HOME: HOME,
  };
}
