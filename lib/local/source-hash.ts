import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Everything that decides what is deployed. The dependency rule keeps lib/cli and lib/local out of it. */
const SOURCES = [
  'bin/app.ts',
  'cdk.json',
  'package-lock.json',
  'functions/**',
  'lib/{adapters,core,infra,ports,runtime}/**',
  'pipelines/**',
  'rules/**',
  'console/**',
];

/** Hashes the sources below `project` and the settings of a deployment: equal hashes need no new deployment. */
export function hashSources(project: string, settings: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256').update(JSON.stringify(Object.entries(settings).toSorted()));
  const files = globSync(SOURCES, { cwd: project }).map((file) => join(project, file));
  for (const file of files.toSorted()) {
    if (file.endsWith('.test.ts') || !statSync(file).isFile()) continue;
    hash.update(`\0${relative(project, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}
