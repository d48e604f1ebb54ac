import type { Account } from '../../../contract/accounts/account.ts';
import type { Profile } from '../../../domain/accounts/state.ts';
import { formatInstant } from '../../http/instants.ts';

export function accountView(profile: Profile): Account {
  return {
    id: profile.id,
    kind: profile.kind,
    name: profile.name,
    timeZone: profile.timeZone,
    currency: profile.currency,
    planId: profile.planId,
    anchorAt: formatInstant(profile.anchorAtMs),
    testClockId: profile.testClockId,
    signUpCreditEligible: profile.signUpCreditEligible,
    moneyPreview: profile.moneyPreview,
    createdAt: formatInstant(profile.createdAtMs),
  };
}
