import { writeFileSync } from 'node:fs';
import { writeCapabilities } from './capabilities.ts';
import { createCredentials } from './create-credentials.ts';
import type { StackOutputs } from './deploy.ts';
import { deployChanges } from './deploy-changes.ts';
import { describeStack } from './describe-stack.ts';
import { useLocalAws } from './local-aws.ts';
import { frontDoor, webhookFiles } from './loopback-servers.ts';
import { ensureServer, runningIdentity } from './managed-process.ts';
import type { Platform } from './platform.ts';
import type { Progress } from './progress.ts';
import { readWebhookSecret } from './read-webhook-secret.ts';
import { requireOutput } from './require-output.ts';
import { stopJobs } from './run-job.ts';
import { type StackPaths, stackPaths } from './stack-paths.ts';
import { reservePorts, type StackPorts } from './stack-ports.ts';
import { startContainers } from './start-containers.ts';
import { startProcesses } from './start-processes.ts';
import { type Credentials, type LocalStack, readLocalStack, writeLocalStack } from './state-file.ts';
import { withLock } from './with-lock.ts';

/** How to start a local stack. */
export interface StackOptions {
  /** The folder of all its files, relative to the checkout; two stacks of different homes run side by side. */
  readonly home: string;
  /** Runs OpenSearch and the emulator in containers instead of as processes. */
  readonly docker: boolean;
  readonly progress: Progress;
}

/**
 * Has a local stack run, deployed as the checkout stands, and gives where it answers. What runs already and is healthy
 * stays; an interrupted start is taken up where it stopped. From then on this process's AWS clients talk to its emulator.
 */
export function startStack({ home, docker, progress }: StackOptions): Promise<LocalStack> {
  const paths = stackPaths(home);
  return withLock(paths, async () => {
    await stopJobs(paths);
    const ports = await reservePorts(paths, (name) => isOurs(paths, name));
    try {
      const platform = await (docker ? startContainers : startProcesses)(paths, ports, progress);
      useLocalAws(platform.awsEndpointUrl);
      const outputs = await deployChanges(paths, platform, progress);
      return await openStack(paths, platform, ports, outputs, progress);
    } finally {
      await stopJobs(paths); // those that ran beside one that failed
    }
  });
}

async function openStack(
  paths: StackPaths,
  platform: Platform,
  ports: StackPorts,
  outputs: StackOutputs,
  progress: Progress,
): Promise<LocalStack> {
  const urls = { intake: requireOutput(outputs, 'IntakeUrl'), api: requireOutput(outputs, 'ApiUrl') };
  const webhookSecret = await readWebhookSecret(requireOutput(outputs, 'WebhookSecretArn'));
  writeFileSync(webhookFiles(paths).secret, webhookSecret, { mode: 0o600 });
  await progress.step(
    'front-door runs',
    () => ensureServer(paths, frontDoor(ports, platform.awsEndpointUrl, urls)),
    String,
  );
  const credentials = readLocalStack(paths) ?? (await makeCredentials(outputs, progress));
  const { ingestKey, adminEmail, adminPassword } = credentials;
  const secrets = { ingestKey, adminEmail, adminPassword, webhookSecret };
  const stack = describeStack(platform, ports, outputs, secrets);
  await writeCapabilities(paths, platform.openSearchUrl);
  writeLocalStack(paths, stack);
  return stack;
}

function makeCredentials(outputs: StackOutputs, progress: Progress): Promise<Credentials> {
  return progress.step('Ingest key and first admin created', () => createCredentials(outputs));
}

const OWNERS: Readonly<Record<keyof StackPorts, string>> = {
  openSearch: 'opensearch',
  emulator: 'emulator',
  webhookReceiver: 'webhook-receiver',
  intake: 'front-door',
  api: 'front-door',
};

function isOurs(paths: StackPaths, port: keyof StackPorts): boolean {
  return runningIdentity(paths, OWNERS[port]) !== undefined;
}
