import type { EventIndex } from '../ports/event-index.ts';
import { deliverEvents, type PlacedEvent } from './deliver-events.ts';

/** Documents that go to the index together: enough to be worth a request, few enough to hold several times. */
const CHUNK_BYTES = 5 * 1024 * 1024;
const CHUNKS_IN_FLIGHT = 2;

/** What the index showed: `failing` once it did not take something, for then there is no use in giving it more now. */
export type IndexHealth = 'untried' | 'taking' | 'failing';

/** Gathers events of any batches into chunks and delivers a few chunks at a time. */
export interface EventDispatcher {
  /** Takes one event; waits while enough chunks are under way. */
  add(event: PlacedEvent): Promise<void> | undefined;
  /** Waits until everything that was added has been delivered or deferred. */
  drain(): Promise<void>;
  health(): IndexHealth;
}

/** Delivers to `index` until `deadlineMs` (epoch ms). `onError` hears of faults that are not the index's own answers. */
export function createEventDispatcher(
  index: EventIndex,
  deadlineMs: number,
  onError: (error: unknown) => void,
): EventDispatcher {
  const inFlight = new Set<Promise<void>>();
  let chunk: PlacedEvent[] = [];
  let chunkBytes = 0;
  let health: IndexHealth = 'untried';

  const deliver = async (events: readonly PlacedEvent[]): Promise<void> => {
    let isTaken = false;
    try {
      isTaken = await deliverEvents(index, events, deadlineMs);
    } catch (error) {
      onError(error);
      for (const { work } of events) work.deferredBecause ??= 'the index cannot be reached';
    }
    if (!isTaken) health = 'failing';
    else if (health === 'untried') health = 'taking';
  };
  const flush = (): void => {
    const delivery = deliver(chunk).finally(() => inFlight.delete(delivery));
    inFlight.add(delivery);
    chunk = [];
    chunkBytes = 0;
  };
  return {
    health: () => health,
    add(event) {
      chunk.push(event);
      chunkBytes += event.json.length;
      if (chunkBytes < CHUNK_BYTES) return undefined;
      flush();
      return inFlight.size < CHUNKS_IN_FLIGHT ? undefined : Promise.race(inFlight);
    },
    async drain() {
      if (chunk.length > 0) flush();
      await Promise.all(inFlight);
    },
  };
}
