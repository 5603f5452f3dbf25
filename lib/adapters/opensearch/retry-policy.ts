/** What a status of OpenSearch means for the document, or the request, that got it. */
export type Verdict = 'created' | 'exists' | 'retry' | 'split' | 'rejected';

/**
 * What to do after an item's status in a `_bulk` answer with the `create` action: 409 says that the id is there
 * already; 429 and the 5xx pass; every other 4xx is the document's own fault and stays.
 */
export function itemVerdict(status: number): Verdict {
  if (status >= 200 && status < 300) return 'created';
  if (status === 409) return 'exists';
  return isPassing(status) ? 'retry' : 'rejected';
}

/**
 * What to do after the status of a whole `_bulk` request: 413 is cured by halving it. Everything else is tried again,
 * refusals of the request (401, 403, 404) too: they are faults of the deployment, not of the documents.
 */
export function requestVerdict(status: number): 'retry' | 'split' {
  return status === 413 ? 'split' : 'retry';
}

function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500 || status < 200;
}

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 10_000;

/** Full-jitter exponential back-off before attempt `attempt` (1 for the first retry), ms. `random` is in [0, 1). */
export function backOffMs(attempt: number, random: number): number {
  const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
  return Math.round(ceiling / 2 + (random * ceiling) / 2);
}
