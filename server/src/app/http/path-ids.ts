import type { Address, ParameterNames } from '../../contract/api.ts';
import { limits } from '../../contract/limits.ts';
import { idPattern, keptIdPattern } from '../../contract/schemas/primitives.ts';
import { invalidParameter } from './problem.ts';

/** Parameters that may also be ids which the server derived; all others are ids of the host's. */
const keptIds: ReadonlySet<string> = new Set<ParameterNames<Address>[number]>([
  'holdId',
  'purchaseId',
  'entryId',
  'invoiceId',
  'chargeId',
]);

const hostForm = {
  pattern: idPattern,
  accepted: `1 to ${limits.idCharactersMax} letters, digits and ._:@-`,
};
const keptForm = {
  pattern: keptIdPattern,
  accepted: `1 to ${limits.keptIdCharactersMax} letters, digits and ._:@~-`,
};

/** The parameters of an address, each of which has to be an id. @throws AppError `invalid_request`. */
export function parsePathIds<Params extends Readonly<Record<string, string>>>(params: Params): Params {
  for (const name in params) {
    const value = params[name] ?? '';
    const { pattern, accepted } = keptIds.has(name) ? keptForm : hostForm;
    if (!pattern.test(value)) throw invalidParameter(name, `'${value.slice(0, 40)}' is no id`, accepted);
  }
  return params;
}
