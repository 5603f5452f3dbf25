import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { PipelineError } from '../../core/pipeline/check-pipeline.ts';
import { loadPipelines, readPipelineFiles } from './load-pipelines.ts';
import { readCompiledPipelines } from './read-compiled-pipelines.ts';

function directory(files: Readonly<Record<string, string>>): URL {
  const path = mkdtempSync(join(tmpdir(), 'weir-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return pathToFileURL(`${path}/`);
}

const GOOD = 'name: good\nmatch: { source: "a*" }\nsteps: [json]\n';

describe('loadPipelines', () => {
  test('reads the pipelines and nothing else', () => {
    const here = directory({ 'b.yaml': GOOD, 'b.test.yaml': '- x', 'README.md': '#' });
    expect(loadPipelines(here).map(({ name }) => name)).toEqual(['good']);
  });

  test.each([
    ['text that is not YAML', { 'a.yaml': 'a: [' }, /^a\.yaml: .*line 1/s],
    ['a mistake', { 'a.yaml': 'name: a' }, /^a\.yaml: steps/],
    ['one name twice', { 'a.yaml': GOOD, 'b.yaml': GOOD }, /^b\.yaml: name: good is taken by a\.yaml/],
  ])('names the file that holds %s', (_what, files, message) => {
    const load = (): unknown => loadPipelines(directory(files));
    expect(load).toThrow(PipelineError);
    expect(load).toThrow(message);
  });
});

describe('readCompiledPipelines', () => {
  test('reads what the build writes of the same files', () => {
    const here = directory({ 'a.yaml': GOOD });
    const compiled = new URL('pipelines.json', here);
    writeFileSync(compiled, JSON.stringify(readPipelineFiles(here)));
    expect(readCompiledPipelines(compiled)).toEqual(loadPipelines(here));
  });
});
