import { readFileSync } from 'node:fs';
import { checkPipeline } from '../../core/pipeline/check-pipeline.ts';
import type { Pipeline } from '../../core/pipeline/pipeline.ts';

/** A pipeline file as the build puts it beside a function: its name and what it holds. */
export interface PipelineFile {
  readonly file: string;
  readonly written: unknown;
}

/** Reads the pipelines that the build wrote as JSON (a list of PipelineFile). Throws PipelineError where one is not right. */
export function readCompiledPipelines(file: URL): Pipeline[] {
  const files = JSON.parse(readFileSync(file, 'utf8')) as PipelineFile[];
  return files.map((entry) => checkPipeline(entry.file, entry.written));
}
