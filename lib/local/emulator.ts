import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillCache } from './fill-cache.ts';
import type { Python } from './find-python.ts';
import { isAnswering } from './is-answering.ts';
import type { Server } from './managed-process.ts';
import { runJob } from './run-job.ts';
import { PROJECT_DIRECTORY, type StackPaths } from './stack-paths.ts';
import type { StackPorts } from './stack-ports.ts';

const NAME = 'emulator';
const RELEASE = 'ministack-1.5.33';
/** boto3 is what the CDK's own Python handlers expect to find in their runtime. */
const PACKAGES = ['ministack==1.5.33', 'boto3==1.43.106', 'cryptography==50.0.2'];
const INSTALL_TIMEOUT_SECONDS = 600;
const START_TIMEOUT_SECONDS = 60;

/** Gives the Python that has the emulator, made on first use. */
export async function installEmulator(paths: StackPaths, python: Python, cache: string): Promise<string> {
  const name = join(cache, `${RELEASE}-python-${python.version}`);
  // The environment only points to the Python that made it, which an upgrade may have removed.
  if (!existsSync(pythonIn(name))) rmSync(name, { recursive: true, force: true });
  const folder = await fillCache(name, async (unfinished) => {
    const inFolder = { environment: {}, directory: unfinished };
    const make = ['-m', 'venv', unfinished];
    await runJob(paths, { name: 'make-python', command: python.command, args: make, ...inFolder }, 120);
    const install = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', ...PACKAGES];
    const job = { name: 'install-emulator', command: pythonIn(unfinished), args: install, ...inFolder };
    await runJob(paths, job, INSTALL_TIMEOUT_SECONDS);
  });
  return pythonIn(folder);
}

/** Configures the AWS emulator. What it holds is lost when it ends. */
export function emulatorServer(paths: StackPaths, python: string, ports: StackPorts): Server {
  const directory = join(paths.data, NAME);
  return {
    name: NAME,
    command: python,
    args: ['-m', 'ministack'],
    environment: {
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      GATEWAY_PORT: String(ports.emulator),
      MINISTACK_OPENSEARCH_ENDPOINT: `127.0.0.1:${ports.openSearch}`,
      IOT_MTLS_ENABLED: '0',
      NODE_NO_WARNINGS: '1',
      TMPDIR: directory,
    },
    directory,
    prepare: () => prepareRuntime(directory),
    isHealthy: () => isAnswering(`http://127.0.0.1:${ports.emulator}/_ministack/ready`),
    startTimeoutSeconds: START_TIMEOUT_SECONDS,
  };
}

/**
 * Functions are unpacked below TMPDIR: they find there the AWS SDK that the Lambda runtime would bring along, and no
 * package.json that makes their files ES modules, as they would find the checkout's.
 */
function prepareRuntime(directory: string): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{}');
  const link = join(directory, 'node_modules');
  rmSync(link, { force: true });
  symlinkSync(join(PROJECT_DIRECTORY, 'node_modules'), link);
}

function pythonIn(virtualEnvironment: string): string {
  return join(virtualEnvironment, 'bin', 'python');
}
