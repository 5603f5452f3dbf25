import { readdirSync, readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { checkPipeline, PipelineError } from '../../core/pipeline/check-pipeline.ts';
import type { Pipeline } from '../../core/pipeline/pipeline.ts';
import type { PipelineFile } from './read-compiled-pipelines.ts';

/** Reads and checks every pipeline of a directory. Throws PipelineError on the first file that is not right. */
export function loadPipelines(directory: URL): Pipeline[] {
  const pipelines = readPipelineFiles(directory).map(({ file, written }) => ({
    file,
    pipeline: checkPipeline(file, written),
  }));
  for (const { file, pipeline } of pipelines) {
    const first = pipelines.find((other) => other.pipeline.name === pipeline.name);
    if (first?.file !== file) {
      throw new PipelineError(file, [
        `name: ${pipeline.name} is taken by ${first?.file}; names must be unique`,
      ]);
    }
  }
  return pipelines.map(({ pipeline }) => pipeline);
}

/**
 * Reads the YAML of every pipeline of a directory, in the order of their names; the build writes it as JSON for
 * `readCompiledPipelines`. Throws PipelineError where a file is not YAML.
 */
export function readPipelineFiles(directory: URL): PipelineFile[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.yaml') && !name.endsWith('.test.yaml'))
    .sort()
    .map((file) => ({ file, written: readYaml(directory, file) }));
}

function readYaml(directory: URL, file: string): unknown {
  const document = parseDocument(readFileSync(new URL(file, directory), 'utf8'));
  const problems = document.errors.map(({ message }) => message.trimEnd().replaceAll('\n', '\n  '));
  if (problems.length > 0) throw new PipelineError(file, problems);
  return document.toJS();
}
