import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { LOCAL_AWS, withLocalAws } from './local-aws.ts';
import { runJob } from './run-job.ts';
import { PROJECT_DIRECTORY, type StackPaths } from './stack-paths.ts';

const BOOTSTRAP_TIMEOUT_SECONDS = 120;
const DEPLOY_TIMEOUT_SECONDS = 300;
/** The stage whose settings suit one machine. */
export const LOCAL_STAGE = 'local';

/** What `cdk bootstrap` deploys. */
const TOOLKIT_STACK = 'CDKToolkit';
const BOOTSTRAPPED = ['CREATE_COMPLETE', 'UPDATE_COMPLETE'];

const OutputsFile = z.record(z.string(), z.record(z.string(), z.string()));

/** The outputs of all stacks by their names. */
export type StackOutputs = Readonly<Record<string, string>>;

/** Prepares the emulated account for the cdk, once. */
export async function bootstrap(paths: StackPaths, endpointUrl: string): Promise<'done before' | 'done'> {
  if (await isBootstrapped()) return 'done before';
  const args = ['bootstrap', `aws://${LOCAL_AWS.account}/${LOCAL_AWS.region}`];
  await runCdk(paths, endpointUrl, 'cdk-bootstrap', args, {}, BOOTSTRAP_TIMEOUT_SECONDS);
  return 'done';
}

/** Deploys all stacks with the unmodified cdk CLI and gives their outputs. `settings` are environment variables. */
export async function deploy(
  paths: StackPaths,
  endpointUrl: string,
  settings: Readonly<Record<string, string>>,
): Promise<StackOutputs> {
  const outputsFile = join(paths.run, 'outputs.json');
  const args = [
    'deploy',
    '--all',
    '--concurrency',
    '4',
    '--require-approval',
    'never',
    '--outputs-file',
    outputsFile,
  ];
  await runCdk(paths, endpointUrl, 'cdk-deploy', args, settings, DEPLOY_TIMEOUT_SECONDS);
  const outputs = OutputsFile.parse(JSON.parse(readFileSync(outputsFile, 'utf8')));
  return Object.assign({}, ...Object.values(outputs));
}

async function isBootstrapped(): Promise<boolean> {
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  try {
    const { Stacks } = await new CloudFormationClient({}).send(
      new DescribeStacksCommand({ StackName: TOOLKIT_STACK }),
    );
    return BOOTSTRAPPED.includes(Stacks?.[0]?.StackStatus ?? '');
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError') return false; // there is no such stack
    throw error;
  }
}

function runCdk(
  paths: StackPaths,
  endpointUrl: string,
  name: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
  timeoutSeconds: number,
): Promise<void> {
  const job = {
    name,
    command: 'cdk',
    args: [...args, '-c', `stage=${LOCAL_STAGE}`, '--output', paths.cdkOut],
    environment: { CI: 'true', ...settings },
    directory: PROJECT_DIRECTORY,
  };
  return runJob(paths, job, timeoutSeconds, withLocalAws(process.env, endpointUrl));
}
