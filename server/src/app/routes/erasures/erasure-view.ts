import type { Erasure } from '../../../contract/erasures/erasures.ts';
import type { ErasureRecord } from '../../../store/installation-records.ts';
import { formatInstant, formatInstantOrNull } from '../../http/instants.ts';

export function erasureView(record: ErasureRecord): Erasure {
  const { id, subject, accountId, memberId, requestedAtMs, doneAtMs, rows, traces } = record;
  return {
    id,
    subject,
    status: doneAtMs === null ? 'under_way' : 'done',
    accountId,
    memberId,
    requestedAt: formatInstant(requestedAtMs),
    doneAt: formatInstantOrNull(doneAtMs),
    things: rows.map(({ noun, replaced, removed, kept }) => ({ noun, replaced, removed, kept })),
    traces,
  };
}
