import { createMemoryStore } from '../../server/src/store/memory/memory-store.ts';
import { storeSuite } from './suite.ts';

storeSuite('memory', { create: async () => createMemoryStore() });
