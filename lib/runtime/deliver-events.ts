import { foldEvent } from '../core/event/fold-event.ts';
import type { LogEvent } from '../core/event/log-event.ts';
import type { Delivery, EventIndex } from '../ports/event-index.ts';
import type { ArchivedDocument, DeliveryWork } from './delivery-work.ts';

/** An event with its place decided, on its way to the index. */
export interface PlacedEvent extends ArchivedDocument {
  readonly work: DeliveryWork;
  readonly event: LogEvent;
  readonly position: number;
  /** Its id comes from the record, not from batch and position, so that another batch may hold it as well. */
  readonly hasOwnId: boolean;
}

/**
 * Creates the events in the index and writes into each event's work what became of it: indexed, duplicate, quarantined,
 * or, where the index did not take it in time, the whole batch deferred. A document that the mapping refuses is folded
 * and offered once more. `deadlineMs` is epoch ms. Returns whether the index took, or refused for good, all of them.
 */
export async function deliverEvents(
  index: EventIndex,
  events: readonly PlacedEvent[],
  deadlineMs: number,
): Promise<boolean> {
  const located = await locateRepeated(index, events);
  const fresh = events.filter(({ id }) => !located.has(id));
  const deliveries = new Map<PlacedEvent, Delivery>();
  for (const event of events) {
    const found = located.get(event.id);
    if (found !== undefined) deliveries.set(event, { kind: 'exists', index: found });
  }
  for (const [place, delivery] of (await index.create(fresh, deadlineMs)).entries()) {
    deliveries.set(fresh[place] as PlacedEvent, delivery);
  }
  const folded = await offerFolded(index, deliveries, deadlineMs);
  const strangers = await findStrangers(index, folded);
  for (const [event, delivery] of folded) settleEvent(event, delivery, strangers.has(event));
  return [...folded.values()].every(({ kind }) => kind !== 'unavailable');
}

/** Finds the documents of batches that were begun before, wherever behind their index they are. */
async function locateRepeated(
  index: EventIndex,
  events: readonly PlacedEvent[],
): Promise<ReadonlyMap<string, string>> {
  const idsByIndex = Map.groupBy(
    events.filter(({ work }) => work.isRepeated),
    (event) => event.index,
  );
  const found = await Promise.all(
    [...idsByIndex].map(([name, some]) =>
      index.locate(
        name,
        some.map(({ id }) => id),
      ),
    ),
  );
  return new Map(found.flatMap((ids) => [...ids]));
}

async function offerFolded(
  index: EventIndex,
  deliveries: ReadonlyMap<PlacedEvent, Delivery>,
  deadlineMs: number,
): Promise<ReadonlyMap<PlacedEvent, Delivery>> {
  const refused = [...deliveries].filter(([, { kind }]) => kind === 'rejected').map(([event]) => event);
  if (refused.length === 0) return deliveries;
  const folded = refused.map((placed) => {
    const event = foldEvent(placed.event);
    return { ...placed, event, json: JSON.stringify(event) };
  });
  const second = await index.create(folded, deadlineMs);
  const final = new Map(deliveries);
  for (const [place, event] of refused.entries()) {
    final.delete(event);
    final.set(folded[place] as PlacedEvent, second[place] as Delivery);
  }
  return final;
}

/** Which of the events that exist already were brought by another batch: only ids of the record's own can collide. */
async function findStrangers(
  index: EventIndex,
  deliveries: ReadonlyMap<PlacedEvent, Delivery>,
): Promise<ReadonlySet<PlacedEvent>> {
  const existing = [...deliveries].flatMap(([event, delivery]) =>
    delivery.kind === 'exists' && event.hasOwnId ? [{ event, index: delivery.index, id: event.id }] : [],
  );
  if (existing.length === 0) return new Set();
  const batches = await index.batchesOf(existing);
  return new Set(
    existing.filter(({ event, id }) => batches.get(id) !== event.work.batch).map(({ event }) => event),
  );
}

function settleEvent(event: PlacedEvent, delivery: Delivery, isStranger: boolean): void {
  const { work, index, id, json, timeMs, position } = event;
  switch (delivery.kind) {
    case 'unavailable':
      work.deferredBecause = delivery.reason;
      break;
    case 'rejected': {
      const { batch } = work;
      const { type: cause, reason } = delivery;
      work.quarantined.push({ batch, position, step: 'index', cause, reason, index, id, event: event.event });
      break;
    }
    default:
      if (isStranger) {
        work.duplicate += 1;
      } else {
        // Created now, or by an earlier attempt at this very batch: either way it is this batch's document.
        work.indexed += 1;
        work.archived.push({ index, id, json, timeMs });
      }
  }
}
