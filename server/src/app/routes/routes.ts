import type { Route } from '../route.ts';
import { check } from './check.ts';
import { consume } from './consume.ts';
import { createGrant } from './create-grant.ts';
import { createKey } from './create-key.ts';
import { createToken } from './create-token.ts';
import { getAccount } from './get-account.ts';
import { getCredits } from './get-credits.ts';
import { getMember } from './get-member.ts';
import { getSummary } from './get-summary.ts';
import { listAccounts } from './list-accounts.ts';
import { listKeys } from './list-keys.ts';
import { listLedger } from './list-ledger.ts';
import { listMembers } from './list-members.ts';
import { putAccount } from './put-account.ts';
import { putMember } from './put-member.ts';
import { revokeKey } from './revoke-key.ts';
import { whoami } from './whoami.ts';

/** Every route of the server. A static address stands before one with parameters that would also fit. */
export const routes: readonly Route[] = [
  consume,
  check,
  getSummary,
  getCredits,
  listLedger,
  createGrant,
  listAccounts,
  putAccount,
  getAccount,
  listMembers,
  putMember,
  getMember,
  createToken,
  createKey,
  listKeys,
  revokeKey,
  whoami,
];
