import { join } from 'node:path';
import { isListening } from './is-listening.ts';
import type { Server } from './managed-process.ts';
import { PROJECT_DIRECTORY, type StackPaths } from './stack-paths.ts';
import type { StackPorts } from './stack-ports.ts';

const START_TIMEOUT_SECONDS = 20;

/** Where the webhook receiver finds the secret and puts what it received. */
export function webhookFiles(paths: StackPaths) {
  return { secret: join(paths.run, 'webhook-secret'), received: join(paths.data, 'webhooks.ndjson') };
}

/** The receiver that alerts go to unless ALERT_WEBHOOK names another. */
export function webhookReceiver(paths: StackPaths, { webhookReceiver: port }: StackPorts): Server {
  const { secret, received } = webhookFiles(paths);
  return nodeServer('webhook-receiver', [String(port), secret, received], [port]);
}

/** The front door: `intake` and `api` on loopback ports, given the URLs of their functions. */
export function frontDoor(
  ports: StackPorts,
  awsEndpointUrl: string,
  urls: { intake: string; api: string },
): Server {
  const doors = [
    `${ports.intake}=${new URL(urls.intake).hostname}`,
    `${ports.api}=${new URL(urls.api).hostname}`,
  ];
  return nodeServer('front-door', [awsEndpointUrl, ...doors], [ports.intake, ports.api]);
}

function nodeServer(name: string, args: readonly string[], ports: readonly number[]): Server {
  return {
    name,
    command: 'node',
    args: [join(import.meta.dirname, `${name}.ts`), ...args],
    environment: { NODE_NO_WARNINGS: '1' },
    directory: PROJECT_DIRECTORY,
    isHealthy: async () => (await Promise.all(ports.map(isListening))).every(Boolean),
    startTimeoutSeconds: START_TIMEOUT_SECONDS,
  };
}
