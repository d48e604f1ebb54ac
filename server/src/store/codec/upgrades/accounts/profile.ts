import { recordStep, type UpgradeStep } from '../../stored-format.ts';

/** Before version 2 there were no subscriptions; one that begins with the account's present cycle is made when it is read. */
const to2: UpgradeStep = recordStep((fields) => ({ ...fields, subscription: null }));

/** Until version 3 a subscription knew no contract, seats that are taken, alerts or notices. */
const to3: UpgradeStep = recordStep((fields) => ({
  ...fields,
  subscription: fields.subscription && {
    contract: null,
    seatsTaken: {},
    alerts: {},
    alertEmail: null,
    told: {},
    ...(fields.subscription as object),
  },
}));

export const profileUpgrades: readonly UpgradeStep[] = [to2, to3];
