import { recordStep, type UpgradeStep } from '../stored-format.ts';

/** Before version 2 there were no subscriptions; one that begins with the account's present cycle is made when it is read. */
const to2: UpgradeStep = recordStep((fields) => ({ ...fields, subscription: null }));

export const profileUpgrades: readonly UpgradeStep[] = [to2];
