import { createMemoryBreaker } from '../../lib/adapters/memory/breaker.ts';
import { createMemoryEventIndex } from '../../lib/adapters/memory/event-index.ts';
import { createMemoryLedger } from '../../lib/adapters/memory/ledger.ts';
import { createMemoryLogGroups } from '../../lib/adapters/memory/log-groups.ts';
import { createMemoryObjectStore } from '../../lib/adapters/memory/object-store.ts';
import { defineBreakerContract } from './breaker-contract.ts';
import { defineEventIndexContract } from './event-index-contract.ts';
import { defineLedgerContract } from './ledger-contract.ts';
import { defineLogGroupsContract } from './log-groups-contract.ts';
import { defineObjectStoreContract } from './object-store-contract.ts';

defineBreakerContract('in memory', async () => createMemoryBreaker());
defineLedgerContract('in memory', async () => createMemoryLedger());
defineObjectStoreContract('in memory', async () => createMemoryObjectStore());
defineEventIndexContract('in memory', async () => createMemoryEventIndex());
defineLogGroupsContract('in memory', async (initial) => createMemoryLogGroups(initial));
