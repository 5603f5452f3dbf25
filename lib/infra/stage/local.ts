import type { StageInput } from './stage-config.ts';

/** One machine: an emulated AWS and one OpenSearch node. Everything is quick and nothing is kept. */
export const local: StageInput = {
  name: 'local',
  removal: 'destroy',
  architecture: 'x86_64',
  tlsOnly: true,
  retention: { logDays: 7, rawDays: 15, archiveDays: 30, quarantineDays: 30 },
  domain: { kind: 'existing', endpoint: 'http://127.0.0.1:9200' },
  index: { refreshSeconds: 1, replicas: 0 },
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
    api: 512,
  },
  // Short of the six time-outs that AWS advises: a killed function's batch comes back while somebody watches.
  logQueue: {
    batchSize: 10,
    batchWindowSeconds: 0,
    maxConcurrency: 4,
    timeoutSeconds: 60,
    visibilitySeconds: 60,
    maxReceives: 10,
  },
  subscribe: { prefixes: ['/weir-auto/'], tag: { key: 'weir', value: 'true' }, exclude: [] },
  alerts: { windowMinutes: 5, threshold: 5, webhook: '' },
  notify: { retrySeconds: [0, 2, 4, 8, 15, 30, 60, 120, 300], allowedPrivateCidrs: [] },
};
