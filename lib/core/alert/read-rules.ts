import * as z from 'zod';
import { closestName } from '../text/closest-name.ts';
import { type Parameters, substituteParameters, UnknownParameterError } from './parameters.ts';
import { createRule, type Rule } from './rule.ts';
import { RuleDocument } from './rule-document.ts';

/** A rule file that has been parsed and not yet checked. */
export interface RuleFile {
  /** As the user knows it, such as `rules/orders-errors.yaml`. */
  readonly file: string;
  readonly document: unknown;
}

/** Rules that cannot be used. The message has one line for each problem: file, field, what is wrong, what is allowed. */
export class RuleError extends Error {
  override readonly name = 'RuleError';
}

/**
 * Checks rule files and puts the deploy-time parameters in. Throws RuleError with the problems of all files, so that
 * they can be mended in one go.
 */
export function readRules(files: readonly RuleFile[], parameters: Parameters): Rule[] {
  const rules: Rule[] = [];
  const problems: string[] = [];
  const owners = new Map<string, string>();
  for (const { file, document } of files) {
    const reading = readRule(document, parameters);
    if (reading.kind === 'invalid') {
      problems.push(...reading.problems.map((problem) => `${file}: ${problem}`));
      continue;
    }
    const owner = owners.get(reading.rule.id);
    if (owner !== undefined) problems.push(`${file}: id: "${reading.rule.id}" is taken by ${owner}`);
    owners.set(reading.rule.id, file);
    rules.push(reading.rule);
  }
  if (problems.length > 0) throw new RuleError(problems.join('\n'));
  return rules;
}

type Reading =
  | { readonly kind: 'rule'; readonly rule: Rule }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

function readRule(document: unknown, parameters: Parameters): Reading {
  try {
    const result = RuleDocument.safeParse(substituteParameters(document, parameters));
    if (result.success) return { kind: 'rule', rule: createRule(result.data) };
    return { kind: 'invalid', problems: result.error.issues.flatMap(describe) };
  } catch (error) {
    if (error instanceof UnknownParameterError || error instanceof RangeError) {
      return { kind: 'invalid', problems: [error.message] };
    }
    throw error;
  }
}

function describe(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') return [`${path.join('.') || 'rule'}: ${issue.message}`];
  const allowed = fieldsAt(issue.path);
  return issue.keys.map((key) => {
    const closest = closestName(key, allowed);
    const hint = closest === undefined ? '.' : `; did you mean "${closest}"?`;
    return `${[...path, key].join('.')}: unknown field${hint} Allowed here: ${allowed.join(', ')}`;
  });
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

/** The schema itself knows which fields an object may have; read from it, the hint can never be stale. */
function fieldsAt(path: readonly PropertyKey[]): string[] {
  let schema = z.toJSONSchema(RuleDocument, { io: 'input' }) as JsonSchema | undefined;
  for (const step of path) {
    schema = typeof step === 'number' ? schema?.items : schema?.properties?.[String(step)];
  }
  return Object.keys(schema?.properties ?? {});
}
