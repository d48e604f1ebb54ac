import type { PaidCommand } from '../../../../contract/subscription/subscription.ts';
import type { ExpectedTotal } from '../../../../contract/values/amount.ts';
import type { Reply } from '../../../http/reply/reply.ts';
import type { Idempotency } from '../../../http/request/idempotency.ts';
import { changeCharged } from '../charged-change.ts';
import type { AccountCall } from '../subscription-commands.ts';

/** A call that may come without a key, since it says how many there are to be. */
type QuantityCall = AccountCall & { readonly idempotency: (ownKey: string) => Idempotency };

/** Sets a quantity. More is charged first, and given once that has succeeded. */
export function changeQuantity(call: QuantityCall, change: PaidCommand & ExpectedTotal): Promise<Reply> {
  // Of another form than every key of a header's.
  const unnamed = `change ${call.services.newId()}`;
  const idempotency = call.idempotency(unnamed);
  return changeCharged(call, change, idempotency.key === unnamed ? undefined : idempotency);
}
