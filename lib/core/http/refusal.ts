import type { HttpResponse } from './http-message.ts';

const TITLES = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
} as const;

/** One thing that is wrong with a request: a query parameter by name, or a place in the body as a JSON pointer. */
export type InputError =
  | { readonly parameter: string; readonly detail: string }
  | { readonly pointer: string; readonly detail: string };

/** A request that is not taken, and why. `code` names the cause; `detail` says what to do, and never quotes secrets. */
export interface Refusal {
  readonly kind: 'refused';
  readonly status: keyof typeof TITLES;
  readonly code: string;
  readonly detail: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Everything that is wrong, where more than one thing can be. */
  readonly errors?: readonly InputError[];
}

/** Refuses a request. */
export function refuse(
  status: Refusal['status'],
  code: string,
  detail: string,
  headers: Refusal['headers'] = {},
): Refusal {
  return { kind: 'refused', status, code, detail, headers };
}

/** A refusal as problem details of RFC 9457; the type is `urn:weir:problem:<code>`. */
export function refusalResponse({ status, code, detail, headers, errors }: Refusal): HttpResponse {
  return {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
    body: JSON.stringify({ type: `urn:weir:problem:${code}`, title: TITLES[status], status, detail, errors }),
  };
}
