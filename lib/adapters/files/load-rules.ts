import { readFile } from 'node:fs/promises';
import type { Parameters } from '../../core/alert/parameters.ts';
import { readRules } from '../../core/alert/read-rules.ts';
import type { Rule } from '../../core/alert/rule.ts';

/**
 * Reads the rules that the bundler put beside a function: a JSON array of the documents of `rules/*.yaml`. Throws
 * RuleError where one of them cannot be used.
 */
export async function loadRules(url: URL, parameters: Parameters): Promise<Rule[]> {
  const documents: unknown = JSON.parse(await readFile(url, 'utf8'));
  if (!Array.isArray(documents)) throw new TypeError(`${url.pathname} does not hold an array of rules`);
  const files = documents.map((document: unknown, place) => ({ file: nameOf(document, place), document }));
  return readRules(files, parameters);
}

function nameOf(document: unknown, place: number): string {
  const id = typeof document === 'object' && document !== null && 'id' in document ? document.id : undefined;
  return typeof id === 'string' ? `rule "${id}"` : `rule number ${place + 1}`;
}
