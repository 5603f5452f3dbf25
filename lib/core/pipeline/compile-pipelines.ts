import { TwoGenerationCache } from '../enrich/two-generation-cache.ts';
import type { Resources } from '../processor/spec.ts';
import type { Chain, Origin, PipelineSet } from './chain.ts';
import { compileChain } from './compile-chain.ts';
import { DEFAULT_PIPELINE } from './default-pipeline.ts';
import type { Pipeline } from './pipeline.ts';

const REMEMBERED_ORIGINS = 1000;

/** The pipelines of a deployment, which can be asked for by name as well. */
export interface CompiledPipelines extends PipelineSet {
  readonly names: readonly string[];
  named(name: string): Chain | undefined;
}

/**
 * Compiles the pipelines of a deployment, each when it is first used. For a batch the pipeline with the most specific
 * source wins (a name before a pattern, more fixed characters before fewer), then one that names the dialect, then the
 * first by name. The built-in default comes last, unless a pipeline is named `default`: then that one does.
 */
export function compilePipelines(pipelines: readonly Pipeline[], resources: Resources): CompiledPipelines {
  const own = pipelines.find(({ name }) => name === DEFAULT_PIPELINE.name);
  const fallback = own ?? DEFAULT_PIPELINE;
  const all = [...pipelines.filter((pipeline) => pipeline !== own), fallback];
  const byName = new Map(all.map((pipeline) => [pipeline.name, pipeline]));
  const matchers = all.flatMap(matchersOf).sort(bySpecificity);
  const chains = new Map<string, Chain>();
  const chainOf = (pipeline: Pipeline): Chain => {
    const chain = chains.get(pipeline.name) ?? compileChain(pipeline, resources);
    chains.set(pipeline.name, chain);
    return chain;
  };
  const selected = new TwoGenerationCache<Chain>(REMEMBERED_ORIGINS);
  return {
    names: [...byName.keys()],
    named(name) {
      const pipeline = byName.get(name);
      return pipeline && chainOf(pipeline);
    },
    select(origin) {
      return selected.get(`${origin.dialect} ${origin.source}`, () =>
        chainOf(matchers.find((matcher) => matches(matcher, origin))?.pipeline ?? fallback),
      );
    },
  };
}

interface Matcher {
  readonly pipeline: Pipeline;
  readonly source: RegExp;
  /** Fixed characters of the source's pattern; infinite where it is a name. */
  readonly fixed: number;
}

function matchersOf(pipeline: Pipeline): Matcher[] {
  if (pipeline.name === DEFAULT_PIPELINE.name) return [];
  const globs = pipeline.sources.length === 0 ? ['*'] : pipeline.sources;
  return globs.map((glob) => ({
    pipeline,
    source: new RegExp(`^${glob.replace(/[\\^$.+?()[\]{}|]/g, '\\$&').replaceAll('*', '.*')}$`, 's'),
    fixed: glob.includes('*') ? glob.replaceAll('*', '').length : Number.POSITIVE_INFINITY,
  }));
}

function matches({ pipeline, source }: Matcher, origin: Origin): boolean {
  return (
    (pipeline.dialect === undefined || pipeline.dialect === origin.dialect) && source.test(origin.source)
  );
}

function bySpecificity(left: Matcher, right: Matcher): number {
  if (left.fixed !== right.fixed) return right.fixed > left.fixed ? 1 : -1;
  const dialects = Number(right.pipeline.dialect !== undefined) - Number(left.pipeline.dialect !== undefined);
  return dialects || (left.pipeline.name < right.pipeline.name ? -1 : 1);
}
