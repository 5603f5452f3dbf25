import { createMemoryKeyStore } from '../../lib/adapters/memory/key-store.ts';
import { defineKeyStoreContract } from './key-store-contract.ts';

defineKeyStoreContract('memory', async () => createMemoryKeyStore());
