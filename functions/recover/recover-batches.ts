import { HALF_OPEN_FAILURES, isBreakerOpen } from '../../lib/core/batch/breaker.ts';
import type { Breaker } from '../../lib/ports/breaker.ts';
import type { HealthCheck } from '../../lib/ports/health-check.ts';
import type { IndexHealth } from '../../lib/runtime/event-dispatcher.ts';
import { groupParked } from './group-parked.ts';
import { type Unparking, unparkBatches } from './unpark-batches.ts';

/** How long the index may take over one group: a batch that it never takes must not hold up the others. */
const GROUP_MS = 10_000;

/** What a run works with. */
export interface Recovering extends Unparking {
  readonly breaker: Breaker;
  readonly domain: HealthCheck;
  /** Epoch ms. */
  readonly now: () => number;
  /** Compressed bytes that one run un-parks at most, so that a domain that has just come back is not overrun. */
  readonly maxUnparkBytes: number;
}

/**
 * One run: while the breaker is open, asks the domain how it is and closes the breaker once the index has taken a parked
 * batch, or half-opens it where none is parked; then un-parks what one run may, until `deadlineMs` (epoch ms). Any number
 * of runs may overlap or be killed.
 */
export async function recoverBatches(recovering: Recovering, deadlineMs: number): Promise<void> {
  const { breaker, domain, events } = recovering;
  const wasOpen = isBreakerOpen(await breaker.failures());
  const trouble = wasOpen ? await findTrouble(domain) : undefined;
  if (trouble !== undefined) {
    events.breakerOpen(trouble);
    return;
  }
  const health = await unparkAll(recovering, deadlineMs, wasOpen);
  if (!wasOpen || health === 'taking') return;
  if (health === 'failing') events.breakerOpen('the domain looks well, and takes no documents');
  else await breaker.reset(HALF_OPEN_FAILURES);
}

/** Un-parks group by group; `taking` where the index took anything. */
async function unparkAll(recovering: Recovering, deadlineMs: number, wasOpen: boolean): Promise<IndexHealth> {
  const { objects, breaker, now, maxUnparkBytes } = recovering;
  let health: IndexHealth = 'untried';
  for await (const group of groupParked(objects, maxUnparkBytes)) {
    const shown = await unparkBatches(recovering, group, Math.min(deadlineMs, now() + GROUP_MS));
    if (shown === 'taking' && health !== 'taking' && wasOpen) await breaker.reset(0);
    if (health !== 'taking' && shown !== 'untried') health = shown;
    if (now() >= deadlineMs) break;
  }
  return health;
}

/** Why the domain should not be tried; undefined where it should. */
async function findTrouble(domain: HealthCheck): Promise<string | undefined> {
  try {
    const { status, detail } = await domain.check();
    return status === 'down' ? (detail ?? 'the domain is down') : undefined;
  } catch (error) {
    return `the domain does not answer: ${error instanceof Error ? error.name : String(error)}`;
  }
}
