import type { Key } from '../../../contract/keys/keys.ts';
import type { KeyRecord } from '../../../store/installation-records.ts';
import { formatInstant, formatInstantOrNull } from '../../http/instants.ts';

/** A key without its secret. */
export function keyView(key: KeyRecord): Key {
  return {
    id: key.id,
    kind: key.kind,
    label: key.label,
    prefix: key.prefix,
    accountId: key.accountId,
    memberId: key.memberId,
    createdAt: formatInstant(key.createdAtMs),
    expiresAt: formatInstantOrNull(key.expiresAtMs),
  };
}
