import type { InternalEvents } from '../../lib/runtime/internal-events.ts';

/** Internal events that nobody listens to. */
export const SILENT_EVENTS: InternalEvents = {
  batchAccepted() {},
  requestRefused() {},
  batchSettled() {},
  batchDeferred() {},
  breakerOpen() {},
  batchRecovered() {},
  countsDiffer() {},
  failed() {},
};
