import { STANDARD_RETRY_SECONDS, type StageInput } from './stage-config.ts';

/** A small deployment to try things in: one node, short retention, deleted with its stacks. */
export const dev: StageInput = {
  name: 'dev',
  removal: 'destroy',
  architecture: 'arm64',
  tlsOnly: true,
  retention: { logDays: 14, rawDays: 15, archiveDays: 30, quarantineDays: 30 },
  domain: { kind: 'managed', instanceType: 't3.small.search', nodes: 1, ebsGb: 20 },
  index: { refreshSeconds: 5, replicas: 0 },
  archiveCompression: 'zstd',
  memoryMb: {
    intake: 1024,
    'intake-subscription': 1024,
    process: 1769,
    recover: 1769,
    subscribe: 512,
    'evaluate-alerts': 512,
    notify: 512,
    'setup-domain': 512,
    api: 1024,
  },
  logQueue: {
    batchSize: 50,
    batchWindowSeconds: 2,
    maxConcurrency: 5,
    timeoutSeconds: 120,
    visibilitySeconds: 725,
    maxReceives: 10,
  },
  subscribe: { prefixes: [], tag: { key: 'weir', value: 'true' }, exclude: [] },
  alerts: { windowMinutes: 5, threshold: 5, webhook: '' },
  notify: {
    retrySeconds: STANDARD_RETRY_SECONDS,
    allowedPrivateCidrs: [],
  },
};
