import type { HealthCheck, ServiceHealth } from '../../ports/health-check.ts';
import type { OpenSearchConnection } from './client.ts';

const HEALTH: Readonly<Record<string, ServiceHealth>> = {
  green: { status: 'up' },
  yellow: { status: 'degraded', detail: 'yellow: replicas are missing' },
  red: { status: 'down', detail: 'red: some data cannot be read or written' },
};

/** How the OpenSearch domain says it is. */
export function createDomainHealth(connect: OpenSearchConnection): HealthCheck {
  return {
    name: 'opensearch',
    async check() {
      const client = await connect();
      const { body } = await client.cluster.health();
      return HEALTH[body.status.toLowerCase()] ?? { status: 'degraded', detail: 'its state is unknown' };
    },
  };
}
