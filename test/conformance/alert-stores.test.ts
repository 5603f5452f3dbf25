import { createMemoryAlertStateStore } from '../../lib/adapters/memory/alert-state-store.ts';
import { createMemoryDeliveryLog } from '../../lib/adapters/memory/delivery-log.ts';
import { createMemoryEventCounter } from '../../lib/adapters/memory/event-counter.ts';
import { defineAlertStateStoreContract } from './alert-state-store-contract.ts';
import { defineDeliveryLogContract } from './delivery-log-contract.ts';
import { defineEventCounterContract } from './event-counter-contract.ts';

defineAlertStateStoreContract('in memory', async () => createMemoryAlertStateStore());
defineDeliveryLogContract('in memory', async () => createMemoryDeliveryLog());
defineEventCounterContract('in memory', async (events) => {
  const counter = createMemoryEventCounter();
  counter.events.push(...events);
  return counter;
});
