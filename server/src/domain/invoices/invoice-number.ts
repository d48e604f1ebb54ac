import type { InvoiceKind } from '../../contract/invoices/invoices.ts';
import type { Catalog } from '../catalog/catalog-types.ts';
import { hash128 } from '../ids/hash128.ts';
import type { AccountState } from '../state.ts';

/** Stands in `billing.numberPrefix` for the account's code. */
export const accountPlaceholder = '{account}';

/** Capitals and digits that nobody mistakes for one another on paper: without I, L, O and U. */
const codeCharacters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeLength = 12;
const bitsPerCharacter = 5;
const bitsPerHexDigit = 4;

/**
 * The number that follows the account's last one of the kind. Where the prefix contains the account's code, no other account has it.
 */
export function nextNumber(
  { profile, billing }: Pick<AccountState, 'profile' | 'billing'>,
  { billing: { numberPrefix } }: Pick<Catalog, 'billing'>,
  kind: InvoiceKind,
): string {
  const prefix = numberPrefix.replace(accountPlaceholder, () => accountCode(profile.id));
  return `${prefix}${kind === 'credit_note' ? 'CN-' : ''}${billing.numbered[kind] + 1}`;
}

/** The account once that number is given. */
export function withNumberGiven(state: AccountState, kind: InvoiceKind): AccountState {
  const { billing } = state;
  return {
    ...state,
    billing: { ...billing, numbered: { ...billing.numbered, [kind]: billing.numbered[kind] + 1 } },
  };
}

/** The code of an account on its invoices, always the same: of 60 bits, so that of a million accounts two share one in 2 of 5 million cases. */
function accountCode(accountId: string): string {
  const hexDigits = (codeLength * bitsPerCharacter) / bitsPerHexDigit;
  let left = BigInt(`0x${hash128(accountId).slice(0, hexDigits)}`);
  let code = '';
  for (let place = 0; place < codeLength; place++) {
    code = codeCharacters.charAt(Number(left % 32n)) + code;
    left /= 32n;
  }
  return code;
}
