import { expect, it } from 'vitest';
import { surviveFailover } from './survive-failover.ts';

it('F22: keeps every answered debit once where the primary is killed under load and the standby takes over', async () => {
  const survived = await surviveFailover({ clients: 16, msBefore: 1_500, msAfter: 2_500 });
  expect(survived.answeredBefore).toBeGreaterThan(0);
  expect(survived.answered).toBeGreaterThan(survived.answeredBefore);
  expect(survived.recorded).toBe(survived.answered);
  expect(survived.drifted).toEqual([]);
}, 120_000);
