import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { loadPipelines, readPipelineFiles } from '../../adapters/files/load-pipelines.ts';
import { readUserAgentRules } from '../../adapters/files/read-user-agent-rules.ts';
import { readRules } from '../../core/alert/read-rules.ts';
import type { FunctionName } from '../function-name.ts';
import type { StageConfig } from '../stage/stage-config.ts';

/** Files beside a bundle, by name, and how each is made. */
export type DataFiles = Readonly<Record<string, () => Promise<Buffer>>>;

const GEO_COUNTRY = 'node_modules/@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb';
const USER_AGENTS = 'node_modules/uap-core/regexes.yaml';

/**
 * The data that functions read at run time, made from the sources under `root`. A pipeline or a rule that cannot be used
 * throws here, and not in the deployed function.
 */
export function dataFiles(
  root: string,
  alerts: StageConfig['alerts'],
): Readonly<Partial<Record<FunctionName, DataFiles>>> {
  return {
    process: {
      'pipelines.json': async () => compilePipelines(pathToFileURL(join(root, 'pipelines/'))),
      'geo-country.mmdb': () => readFile(join(root, GEO_COUNTRY)),
      'user-agents.json': async () => toJson(readUserAgentRules(pathToFileURL(join(root, USER_AGENTS)))),
    },
    'evaluate-alerts': { 'rules.json': () => compileRules(join(root, 'rules'), alerts) },
  };
}

function compilePipelines(directory: URL): Buffer {
  loadPipelines(directory);
  return toJson(readPipelineFiles(directory));
}

async function compileRules(directory: string, alerts: StageConfig['alerts']): Promise<Buffer> {
  const names = (await readdir(directory)).filter(isRule).sort();
  const files = await Promise.all(
    names.map(async (name) => {
      const document: unknown = parse(await readFile(join(directory, name), 'utf8'));
      return { file: `rules/${name}`, document };
    }),
  );
  readRules(files, { WINDOW_MINUTES: alerts.windowMinutes, ALERT_THRESHOLD: alerts.threshold });
  return toJson(files.map(({ document }) => document));
}

function isRule(name: string): boolean {
  return name.endsWith('.yaml') && !name.endsWith('.test.yaml');
}

function toJson(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
