import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { UserAgentRules } from '../../core/enrich/user-agent-rules.ts';

/**
 * Reads uap-core's `regexes.yaml` (Apache-2.0, https://github.com/ua-parser/uap-core). The build writes the result as
 * JSON beside a function, where reading YAML would cost more than the rest of its start.
 */
export function readUserAgentRules(file: URL): UserAgentRules {
  return parse(readFileSync(file, 'utf8')) as UserAgentRules;
}
