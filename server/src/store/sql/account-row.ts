import type { AccountState } from '../../domain/state.ts';
import { decodeAccount, type EncodedParts } from '../codec/account-codec.ts';
import { upgradeAccount } from '../codec/swept-tables.ts';
import { numberColumn, type Row, textColumn } from './columns.ts';

/** The account of a row, in whichever version it is stored. @throws StoredFormatError */
export function accountOf(row: Row): AccountState {
  return decodeAccount(...storedAccount(row));
}

/** The parts of a row's account in the newest versions. @throws StoredFormatError */
export function upgradedAccountOf(row: Row): EncodedParts {
  return upgradeAccount(...storedAccount(row));
}

/** A row of `accounts` with its members as `membersSql` gives them, which both dialects read by the same names. */
function storedAccount(row: Row): [parts: EncodedParts, version: number, members: string | null] {
  return [
    {
      profile: textColumn(row, 'profile'),
      wallet: textColumn(row, 'wallet'),
      usage: textColumn(row, 'usage'),
      holds: textColumn(row, 'holds'),
      rest: textColumn(row, 'rest'),
    },
    numberColumn(row, 'version'),
    row.members === null ? null : textColumn(row, 'members'),
  ];
}
