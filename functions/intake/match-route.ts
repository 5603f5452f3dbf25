import { SourceName } from '../../lib/core/batch/source-name.ts';
import type { HttpRequest } from '../../lib/core/http/http-message.ts';
import { type Refusal, refuse } from '../../lib/core/http/refusal.ts';

/** What a request asks for. */
export type Route = { readonly kind: 'health' } | { readonly kind: 'ingest'; readonly source: string };

/** The source of what is posted to `/ingest` itself. */
const DEFAULT_SOURCE = 'http';

/** Finds what a request asks for. Slashes at the end or doubled do not matter. */
export function matchRoute({ method, path }: HttpRequest): Route | Refusal {
  const segments = path.split('/').filter((segment) => segment !== '');
  const [root, source = DEFAULT_SOURCE] = segments;
  if (root === 'health' && segments.length === 1) return refuseMethod('GET', method) ?? { kind: 'health' };
  if (root !== 'ingest' || segments.length > 2) {
    return refuse(404, 'no-such-path', 'Send logs to POST /ingest or POST /ingest/{source}.');
  }
  if (!SourceName.safeParse(source).success) {
    const detail = 'The source in /ingest/{source} must be 1 to 128 of the characters A-Z a-z 0-9 . _ and -.';
    return refuse(400, 'source-invalid', detail);
  }
  return refuseMethod('POST', method) ?? { kind: 'ingest', source };
}

function refuseMethod(allowed: string, method: string): Refusal | undefined {
  if (method === allowed) return undefined;
  return refuse(405, 'method-not-allowed', `Use ${allowed} on this path.`, { allow: allowed });
}
