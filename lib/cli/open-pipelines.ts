import { loadPipelines } from '../adapters/files/load-pipelines.ts';
import { rememberUserAgents } from '../adapters/files/load-user-agents.ts';
import { readUserAgentRules } from '../adapters/files/read-user-agent-rules.ts';
import { openGeoDatabase } from '../adapters/maxmind/geo-database.ts';
import { type CompiledPipelines, compilePipelines } from '../core/pipeline/compile-pipelines.ts';
import type { UserAgentLookup } from '../core/processor/spec.ts';

/** Where the checkout keeps its pipelines. */
export const PIPELINES = new URL('../../pipelines/', import.meta.url);

/** The country database that comes with Weir. */
const GEO_DATABASE = new URL(
  import.meta.resolve('@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb'),
);

/** The user agent rules that come with Weir. */
const USER_AGENT_RULES = new URL(import.meta.resolve('uap-core/regexes.yaml'));

/** Compiles the pipelines of a directory with everything that they have when deployed. Throws PipelineError. */
export function openPipelines(directory: URL, report: (reason: string) => void): CompiledPipelines {
  return compilePipelines(loadPipelines(directory), {
    geo: openGeoDatabase(GEO_DATABASE, report),
    userAgent: onFirstUse(() => rememberUserAgents(readUserAgentRules(USER_AGENT_RULES))),
  });
}

function onFirstUse(open: () => UserAgentLookup): UserAgentLookup {
  let lookUp: UserAgentLookup | undefined;
  return (original) => {
    lookUp ??= open();
    return lookUp(original);
  };
}
