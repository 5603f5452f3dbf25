import * as z from 'zod';
import { PROCESSORS } from '../processor/registry.ts';
import type { ProcessorSpec } from '../processor/spec.ts';
import { closestName } from '../text/closest-name.ts';
import { type Pipeline, type PipelineStep, WrittenPipeline } from './pipeline.ts';

/** A pipeline file is not right. `problems` says of each mistake where it is, what is allowed and what was meant. */
export class PipelineError extends Error {
  override readonly name = 'PipelineError';
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[]) {
    super(problems.map((problem) => `${file}: ${problem}`).join('\n'));
    this.problems = problems;
  }
}

/** Checks a parsed pipeline file. Throws PipelineError naming every mistake; `file` is how the messages call it. */
export function checkPipeline(file: string, written: unknown): Pipeline {
  const parsed = WrittenPipeline.safeParse(written, { reportInput: true });
  if (!parsed.success) throw new PipelineError(file, describe(parsed.error, WrittenPipeline, []));
  const { name, match, steps, route, emit } = parsed.data;
  const problems: string[] = [];
  const checked = steps.map((step, position) => checkStep(step, ['steps', position], problems));
  if (match === undefined && name !== 'default') {
    problems.push('match: is missing; only the pipeline named default matches every batch');
  }
  if (problems.length > 0) throw new PipelineError(file, problems);
  return {
    name,
    sources: [match?.source ?? []].flat(),
    dialect: match?.dialect,
    steps: checked.filter((step) => step !== undefined),
    to: route[0]?.to ?? '',
    emit,
  };
}

type WrittenStep = WrittenPipeline['steps'][number];

function checkStep(
  step: WrittenStep,
  path: readonly PropertyKey[],
  problems: string[],
): PipelineStep | undefined {
  const names = typeof step === 'string' ? [step] : Object.keys(step);
  const name = names[0];
  if (name === undefined || names.length > 1) {
    problems.push(`${pathText(path)}: must have one key, the name of a processor; has ${names.length}`);
    return undefined;
  }
  const spec = PROCESSORS.get(name);
  if (spec === undefined) {
    problems.push(`${pathText(path)}: there is no processor ${name}. ${allowed(name, PROCESSORS.keys())}`);
    return undefined;
  }
  const options = readOptions(spec, typeof step === 'string' ? undefined : step[name]);
  if (!options.success) problems.push(...describe(options.error, spec.options, [...path, name]));
  return options.success ? { processor: name, options: options.data } : undefined;
}

/** `- level:` and `- level` are steps without options. */
function readOptions(spec: ProcessorSpec, written: unknown): z.ZodSafeParseResult<unknown> {
  return spec.options.safeParse(written ?? {}, { reportInput: true });
}

function describe(error: z.ZodError, schema: z.ZodType, above: readonly PropertyKey[]): string[] {
  return error.issues.flatMap((issue) => {
    const where = pathText([...above, ...issue.path]);
    if (issue.code !== 'unrecognized_keys') return [`${where}: ${issueText(issue)}`];
    const names = keysAt(schema, issue.path);
    return issue.keys.map((key) => `${where}: unknown key ${key}. ${allowed(key, names)}`);
  });
}

function issueText(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    return `${JSON.stringify(issue.input)} is not possible. ${allowed(String(issue.input), values)}`;
  }
  return issue.message;
}

function allowed(name: string, names: Iterable<string>): string {
  const known = [...names];
  const closest = closestName(name, known);
  const suggestion = closest === undefined ? '' : ` Did you mean ${closest}?`;
  return `Allowed: ${known.join(', ') || 'none'}.${suggestion}`;
}

/** The keys of the object at `path` of a schema. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as z.core.JSONSchema.BaseSchema;
  for (const step of path) {
    const next = typeof step === 'number' ? json.items : json.properties?.[String(step)];
    if (typeof next !== 'object' || Array.isArray(next)) return [];
    json = next;
  }
  return Object.keys(json.properties ?? {});
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return text.replace(/^\./, '') || 'file';
}
