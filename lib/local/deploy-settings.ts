import type { Platform } from './platform.ts';

/** Settings of a deployment that the user may give in the environment. */
const PASSED_ON = ['WINDOW_MINUTES', 'ALERT_THRESHOLD', 'ALERT_WEBHOOK', 'SUBSCRIBE_PREFIXES'];

/** The environment that the local stage is deployed with. Alerts go to the local receiver unless the user says otherwise. */
export function deploySettings(
  platform: Platform,
  environment: NodeJS.ProcessEnv,
): Readonly<Record<string, string>> {
  const { openSearchUrl, webhookReceiverUrl, allowedPrivateCidrs } = platform.forFunctions;
  const given = PASSED_ON.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    OPENSEARCH_URL: openSearchUrl,
    ALERT_WEBHOOK: webhookReceiverUrl,
    ALLOWED_PRIVATE_CIDRS: allowedPrivateCidrs,
    ...Object.fromEntries(given),
  };
}
