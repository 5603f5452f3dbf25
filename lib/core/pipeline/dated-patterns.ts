import { datedPattern } from '../route/route-template.ts';
import { DEFAULT_PIPELINE } from './default-pipeline.ts';
import type { Pipeline } from './pipeline.ts';

/** The patterns of the dated indices that the pipelines of a deployment write, such as `orders-*`. */
export function datedPatterns(pipelines: readonly Pick<Pipeline, 'to'>[]): readonly string[] {
  const patterns = [...pipelines, DEFAULT_PIPELINE].map(({ to }) => datedPattern(to));
  return [...new Set(patterns.filter((pattern) => pattern !== undefined))].sort();
}
