import type * as z from 'zod';
import type { HttpRequest } from '../../lib/core/http/http-message.ts';
import { type InputError, type Refusal, refuse } from '../../lib/core/http/refusal.ts';
import type { Route } from './route.ts';

type Place = (path: readonly PropertyKey[]) => { readonly parameter: string } | { readonly pointer: string };

const inQuery: Place = (path) => ({ parameter: path.join('.') });
const inBody: Place = (path) => ({ pointer: `#/${path.join('/')}` });

/** The input of a route as its schema describes it, or a refusal that names everything that is wrong with it. */
export function readInput(
  { method, input }: Pick<Route, 'method' | 'input'>,
  request: Pick<HttpRequest, 'query' | 'body'>,
): { readonly kind: 'read'; readonly value: Record<string, unknown> } | Refusal {
  const place = method === 'GET' ? inQuery : inBody;
  const raw = method === 'GET' ? readQuery(request.query) : readJson(request.body);
  if (raw.kind === 'refused') return raw;
  const parsed = input.safeParse(raw.value);
  if (parsed.success) return { kind: 'read', value: parsed.data };
  const allowed = Object.keys(input.shape);
  const errors = parsed.error.issues.flatMap((issue) => describe(issue, allowed, place));
  return refuseInput(errors);
}

function readQuery(query: URLSearchParams): { readonly kind: 'raw'; readonly value: unknown } | Refusal {
  const names = [...query.keys()];
  const twice = names.filter((name, place) => names.indexOf(name) !== place);
  if (twice.length === 0) return { kind: 'raw', value: Object.fromEntries(query) };
  return refuseInput([...new Set(twice)].map((name) => ({ parameter: name, detail: 'is given twice' })));
}

function readJson(body: Buffer): { readonly kind: 'raw'; readonly value: unknown } | Refusal {
  try {
    return { kind: 'raw', value: JSON.parse(body.toString('utf8')) };
  } catch {
    return refuse(400, 'body-not-json', 'The body must be a JSON object.');
  }
}

function describe(issue: z.core.$ZodIssue, allowed: readonly string[], place: Place): InputError[] {
  if (issue.code !== 'unrecognized_keys') return [{ ...place(issue.path), detail: issue.message }];
  const names = allowed.length === 0 ? 'none is allowed here' : `allowed: ${allowed.join(', ')}`;
  return issue.keys.map((key) => ({ ...place([...issue.path, key]), detail: `is unknown; ${names}` }));
}

function refuseInput(errors: readonly InputError[]): Refusal {
  const places = errors.map((error) => ('parameter' in error ? error.parameter : error.pointer));
  const detail = `Not understood: ${places.join(', ')}. See \`errors\`.`;
  return { ...refuse(400, 'input-invalid', detail), errors };
}
