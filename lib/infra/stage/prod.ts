import { STANDARD_RETRY_SECONDS, type StageInput } from './stage-config.ts';

/** Production: three zones, data kept when the stacks go. */
export const prod: StageInput = {
  name: 'prod',
  removal: 'retain',
  architecture: 'arm64',
  tlsOnly: true,
  retention: { logDays: 90, rawDays: 15, archiveDays: 400, quarantineDays: 90 },
  domain: {
    kind: 'managed',
    instanceType: 'r7g.large.search',
    nodes: 3,
    ebsGb: 200,
    masterType: 'm7g.large.search',
  },
  index: { refreshSeconds: 10, replicas: 1 },
  archiveCompression: 'zstd',
  memoryMb: {
    intake: 1769,
    'intake-subscription': 1769,
    process: 1769,
    recover: 1769,
    subscribe: 512,
    'evaluate-alerts': 1024,
    notify: 512,
    'setup-domain': 512,
    api: 1024,
  },
  logQueue: {
    batchSize: 50,
    batchWindowSeconds: 5,
    maxConcurrency: 20,
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
