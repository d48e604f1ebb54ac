import type { Hold } from '../../../contract/holds/holds.ts';
import { formatAmount } from '../../../domain/amounts/amounts.ts';
import type { HoldRecord } from '../../../domain/holds/state.ts';
import { formatInstant, formatInstantOrNull } from '../../http/instants.ts';

export function holdView(hold: HoldRecord): Hold {
  return {
    id: hold.id,
    accountId: hold.accountId,
    taskId: hold.taskId,
    status: hold.status,
    amount: formatAmount(hold.amount),
    remaining: formatAmount(hold.remaining),
    settled: formatAmount(hold.settled),
    unit: hold.unit,
    createdAt: formatInstant(hold.createdAtMs),
    expiresAt: formatInstant(hold.expiresAtMs),
    endedAt: formatInstantOrNull(hold.endedAtMs),
  };
}
