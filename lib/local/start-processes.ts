import { rmSync } from 'node:fs';
import { forgetDeployment, readDeployment } from './deployment-record.ts';
import { emulatorServer, installEmulator } from './emulator.ts';
import { findTools } from './find-tools.ts';
import { webhookReceiver } from './loopback-servers.ts';
import { ensureServer, isServing, runningIdentity, type Server, stopProcess } from './managed-process.ts';
import { installOpenSearch, openSearchServer } from './opensearch-node.ts';
import type { Platform } from './platform.ts';
import type { Progress } from './progress.ts';
import { cacheDirectory, type StackPaths } from './stack-paths.ts';
import type { StackPorts } from './stack-ports.ts';

/** Has OpenSearch, the AWS emulator and the webhook receiver run as processes of this machine. */
export async function startProcesses(
  paths: StackPaths,
  ports: StackPorts,
  progress: Progress,
): Promise<Platform> {
  const cache = cacheDirectory(process.env);
  const { java, python } = await findTools(process.env, cache);
  const [jars, emulatorPython] = await Promise.all([
    progress.step(`OpenSearch ${java.openSearchVersion} in the cache`, () =>
      installOpenSearch(paths, java, cache),
    ),
    progress.step('AWS emulator in the cache', () => installEmulator(paths, python, cache)),
  ]);
  const emulator = emulatorServer(paths, emulatorPython, ports);
  if (readDeployment(paths) && !(await isServing(paths, emulator))) {
    progress.say(
      '! The AWS emulator has ended since the last `up`, and all it held is gone: starting from empty.',
    );
    await forget(paths, emulator);
  }
  const servers = [
    openSearchServer(paths, java, jars, ports.openSearch),
    emulator,
    webhookReceiver(paths, ports),
  ];
  await Promise.all(
    servers.map((server) => progress.step(`${server.name} runs`, () => ensureServer(paths, server), String)),
  );
  return describePlatform(paths, ports, emulator);
}

/** Documents without the ledger that counts them would be of no use: both start from empty. */
async function forget(paths: StackPaths, emulator: Server): Promise<void> {
  await Promise.all([stopProcess(paths, emulator.name), stopProcess(paths, 'opensearch')]);
  rmSync(paths.data, { recursive: true, force: true });
  rmSync(paths.state, { force: true });
  forgetDeployment(paths);
}

function describePlatform(paths: StackPaths, ports: StackPorts, emulator: Server): Platform {
  const identity = runningIdentity(paths, emulator.name);
  const openSearchUrl = `http://127.0.0.1:${ports.openSearch}`;
  const webhookReceiverUrl = `http://127.0.0.1:${ports.webhookReceiver}`;
  return {
    emulatorId: `${identity?.pid} ${identity?.startedAt}`,
    openSearchUrl,
    awsEndpointUrl: `http://127.0.0.1:${ports.emulator}`,
    webhookReceiverUrl,
    forFunctions: { openSearchUrl, webhookReceiverUrl, allowedPrivateCidrs: '127.0.0.1/32' },
  };
}
