const TIMEOUT_MS = 2_000;

/** Tells whether a GET of `url` is answered with success, and with a body in which `expects` holds. */
export async function isAnswering(
  url: string,
  expects: (body: string) => boolean = () => true,
): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const body = await response.text();
    return response.ok && expects(body);
  } catch {
    return false;
  }
}
