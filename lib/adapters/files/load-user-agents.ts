import { readFileSync } from 'node:fs';
import { TwoGenerationCache } from '../../core/enrich/two-generation-cache.ts';
import { compileUserAgentRules, type UserAgentRules } from '../../core/enrich/user-agent-rules.ts';
import type { UserAgentFields, UserAgentLookup } from '../../core/processor/spec.ts';

/** Far above the user agents that one function sees at a time: a cache smaller than that is close to none. */
const REMEMBERED_USER_AGENTS = 10_000;

type Lookup = (original: string) => UserAgentFields;

/**
 * A look-up on the rules that the build wrote as JSON, opened on first use. Where they cannot be read every answer is
 * `unavailable`, and `report` is told why, once.
 */
export function loadUserAgents(file: URL, report: (reason: string) => void): UserAgentLookup {
  let lookUp: Lookup | 'unavailable' | undefined;
  return (original) => {
    lookUp ??= open(file, report);
    return lookUp === 'unavailable' ? lookUp : lookUp(original);
  };
}

/** A look-up on rules that are at hand, which remembers its answers. */
export function rememberUserAgents(rules: UserAgentRules): Lookup {
  const lookUp = compileUserAgentRules(rules);
  const answers = new TwoGenerationCache<UserAgentFields>(REMEMBERED_USER_AGENTS);
  return (original) => answers.get(original, lookUp);
}

function open(file: URL, report: (reason: string) => void): Lookup | 'unavailable' {
  try {
    return rememberUserAgents(JSON.parse(readFileSync(file, 'utf8')) as UserAgentRules);
  } catch (error) {
    report(`The user agent rules cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return 'unavailable';
  }
}
