import type { Client } from '@opensearch-project/opensearch';

const MANAGED_HOST = /\.(es|aoss)\.amazonaws\.com$/;
const REQUEST_TIMEOUT_MS = 30_000;

/** Gives the one client of this process, made on first use: loading it costs more than the rest of a cold start. */
export type OpenSearchConnection = () => Promise<Client>;

/**
 * Connects to `url`. A managed AWS domain is asked with SigV4 by the function's own role; any other endpoint with the
 * name and password in the URL, if it has them.
 */
export function connectOpenSearch(url: string, region: string): OpenSearchConnection {
  let client: Promise<Client> | undefined;
  return () => {
    client ??= createClient(url, region);
    return client;
  };
}

async function createClient(url: string, region: string): Promise<Client> {
  const { Client } = await import('@opensearch-project/opensearch');
  const { hostname } = new URL(url);
  const common = { node: url, maxRetries: 0, requestTimeout: REQUEST_TIMEOUT_MS };
  if (!MANAGED_HOST.test(hostname)) return new Client(common);
  const [{ AwsSigv4Signer }, { fromEnv }] = await Promise.all([
    import('@opensearch-project/opensearch/aws'),
    import('@aws-sdk/credential-provider-env'),
  ]);
  const service = hostname.endsWith('.aoss.amazonaws.com') ? 'aoss' : 'es';
  return new Client({ ...common, ...AwsSigv4Signer({ region, service, getCredentials: fromEnv() }) });
}
