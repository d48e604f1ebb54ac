import type { Address, ParameterNames } from '../../../contract/api.ts';
import { idForm, isIdText, isKeptIdText, keptIdForm } from '../../../contract/values/ids.ts';
import { invalidParameter } from '../reply/problem.ts';

/** Parameters that may also be ids which the server derived; all others are ids of the host's. */
const keptIds: ReadonlySet<string> = new Set<ParameterNames<Address>[number]>([
  'holdId',
  'purchaseId',
  'entryId',
  'invoiceId',
  'lineId',
  'chargeId',
  'noticeId',
]);

const hostForm = { isOf: isIdText, accepted: idForm };
const keptForm = { isOf: isKeptIdText, accepted: keptIdForm };

/** The parameters of an address. Each must be an id. @throws AppError `invalid_request`. */
export function parsePathIds<Params extends Readonly<Record<string, string>>>(
  params: Params,
  url: string,
): Params {
  // A parameter that cannot be decoded arrives as sent and would be read as an id with percent signs.
  if (url.includes('%') && !isEncoded(url))
    throw invalidParameter('path', 'is no percent-encoded UTF-8', 'ids as encodeURIComponent writes them');
  for (const name in params) {
    const value = params[name] ?? '';
    const { isOf, accepted } = keptIds.has(name) ? keptForm : hostForm;
    if (!isOf(value)) throw invalidParameter(name, `'${value.slice(0, 40)}' is no id`, accepted);
  }
  return params;
}

function isEncoded(url: string): boolean {
  try {
    decodeURIComponent(new URL(url).pathname);
    return true;
  } catch {
    return false;
  }
}
