import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { forgetDeployment } from './deployment-record.ts';
import { LocalStackError } from './local-stack-error.ts';
import type { Platform } from './platform.ts';
import type { Progress } from './progress.ts';
import { runJob } from './run-job.ts';
import { runQuietly } from './run-quietly.ts';
import type { StackPaths } from './stack-paths.ts';
import type { StackPorts } from './stack-ports.ts';

const COMPOSE_FILE = join(import.meta.dirname, 'docker-compose.yml');
const START_TIMEOUT_SECONDS = 900; // images are pulled on first use
const STOP_TIMEOUT_SECONDS = 120;
/** Docker gives the containers of a project addresses in these ranges. */
const DOCKER_NETWORKS = '172.16.0.0/12,192.168.0.0/16';

const ComposeEnvironment = z.record(z.string(), z.string());

/** Has OpenSearch, the AWS emulator and the webhook receiver run in containers. Throws where Docker does not answer. */
export async function startContainers(
  paths: StackPaths,
  ports: StackPorts,
  progress: Progress,
): Promise<Platform> {
  await requireDocker();
  for (const folder of [paths.run, paths.data]) mkdirSync(folder, { recursive: true });
  const environment = composeEnvironment(paths, ports);
  writeFileSync(environmentFileOf(paths), JSON.stringify(environment));
  await progress.step('Containers run', () =>
    compose(paths, environment, 'start-containers', ['up', '--detach', '--wait'], START_TIMEOUT_SECONDS),
  );
  return {
    emulatorId: await readEmulatorId(environment),
    openSearchUrl: `http://127.0.0.1:${ports.openSearch}`,
    awsEndpointUrl: `http://127.0.0.1:${ports.emulator}`,
    webhookReceiverUrl: `http://127.0.0.1:${ports.webhookReceiver}`,
    forFunctions: {
      openSearchUrl: 'http://opensearch:9200',
      webhookReceiverUrl: 'http://webhook-receiver:8080',
      allowedPrivateCidrs: DOCKER_NETWORKS,
    },
  };
}

/** Removes the containers of a stack, if it has any, and gives their names. */
export async function stopContainers(paths: StackPaths): Promise<readonly string[]> {
  if (!existsSync(environmentFileOf(paths))) return [];
  const environment = ComposeEnvironment.parse(JSON.parse(readFileSync(environmentFileOf(paths), 'utf8')));
  await compose(paths, environment, 'stop-containers', ['down', '--volumes'], STOP_TIMEOUT_SECONDS);
  rmSync(environmentFileOf(paths));
  forgetDeployment(paths);
  return ['containers'];
}

async function requireDocker(): Promise<void> {
  if (await runQuietly('docker', ['compose', 'version'])) {
    if (await runQuietly('docker', ['info', '--format', '{{.ServerVersion}}'])) return;
    throw new LocalStackError(
      'The Docker engine does not answer. Start it (Docker Desktop, or: sudo systemctl start docker).',
    );
  }
  throw new LocalStackError(
    'Docker with its compose plugin is missing. To get it: https://docs.docker.com/get-docker. Or leave out --docker.',
  );
}

function composeEnvironment(paths: StackPaths, ports: StackPorts): Record<string, string> {
  const { uid, gid } = userInfo();
  return {
    COMPOSE_PROJECT_NAME: `weir-${createHash('sha256').update(paths.home).digest('hex').slice(0, 8)}`,
    WEIR_OPENSEARCH_PORT: String(ports.openSearch),
    WEIR_EMULATOR_PORT: String(ports.emulator),
    WEIR_WEBHOOK_RECEIVER_PORT: String(ports.webhookReceiver),
    WEIR_USER: `${uid}:${gid}`,
    WEIR_SOURCES: import.meta.dirname,
    WEIR_RUN: paths.run,
    WEIR_DATA: paths.data,
  };
}

function compose(
  paths: StackPaths,
  environment: Readonly<Record<string, string>>,
  name: string,
  args: readonly string[],
  timeoutSeconds: number,
): Promise<void> {
  const command = ['compose', '--file', COMPOSE_FILE, ...args];
  return runJob(
    paths,
    { name, command: 'docker', args: command, environment, directory: paths.run },
    timeoutSeconds,
  );
}

async function readEmulatorId(environment: Readonly<Record<string, string>>): Promise<string> {
  const container = `${environment['COMPOSE_PROJECT_NAME']}-emulator-1`;
  const id = await runQuietly('docker', ['inspect', '--format', '{{.Id}} {{.State.StartedAt}}', container]);
  if (id) return id.trim();
  throw new LocalStackError(`Docker has no container ${container} although it started it.`);
}

/** The environment is needed again to stop what it started. */
function environmentFileOf(paths: StackPaths): string {
  return join(paths.run, 'containers.json');
}
