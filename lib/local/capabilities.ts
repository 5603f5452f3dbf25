import { writeFileSync } from 'node:fs';
import * as z from 'zod';
import type { StackPaths } from './stack-paths.ts';

const Plugins = z.array(z.object({ component: z.string() }));
const Root = z.object({ version: z.object({ number: z.string() }) });

/** What the parts of a local stack can do, so that a test which needs more is skipped with a reason. */
export interface Capabilities {
  readonly openSearchVersion: string;
  readonly openSearchPlugins: readonly string[];
  /** Whether CloudWatch Logs subscriptions honour a filter pattern. */
  readonly subscriptionFilterPatterns: boolean;
  /** Whether metric filters and embedded metrics become CloudWatch metrics. */
  readonly metrics: boolean;
  /** Whether functions may do only what their roles grant. */
  readonly enforcesIam: boolean;
  readonly streamsAnswers: boolean;
}

/** Asks the OpenSearch node what it has and writes it down with what is known of the emulator. */
export async function writeCapabilities(paths: StackPaths, openSearchUrl: string): Promise<Capabilities> {
  const [root, plugins] = await Promise.all([
    fetchJson(openSearchUrl),
    fetchJson(`${openSearchUrl}/_cat/plugins?format=json`),
  ]);
  const capabilities: Capabilities = {
    openSearchVersion: Root.parse(root).version.number,
    openSearchPlugins: Plugins.parse(plugins).map(({ component }) => component),
    subscriptionFilterPatterns: false,
    metrics: false,
    enforcesIam: false,
    streamsAnswers: false,
  };
  writeFileSync(paths.capabilities, `${JSON.stringify(capabilities, null, 2)}\n`);
  return capabilities;
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  return response.json();
}
