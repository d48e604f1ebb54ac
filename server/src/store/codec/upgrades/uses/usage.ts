import type { UpgradeStep } from '../../stored-format.ts';

/** Version 1 had no records that take others back. */
const to2: UpgradeStep = (parts) => [...parts, 0];

/** Until version 3 a line had no rest: it was rounded by itself. The lines are the fourth part. */
const to3: UpgradeStep = (parts) =>
  parts.with(
    3,
    (parts[3] as unknown[][]).map((line) => [...line, 0]),
  );

/** Until version 4 nothing was kept without a price. */
const to4: UpgradeStep = (parts) => [...parts, 0];

/** Until version 5 it was not kept what the invoice pays of a use: null says that it is not known. */
const to5: UpgradeStep = (parts) => [...parts, null];

/** Until version 6 a line did not keep what was said of a request to a model. */
const to6: UpgradeStep = (parts) =>
  parts.with(
    3,
    (parts[3] as unknown[][]).map((line) => [...line, 0]),
  );

/** Until version 7 the API key of a use was not kept. The dimensions are the second part. */
const to7: UpgradeStep = (parts) => parts.with(1, [...(parts[1] as unknown[]), 0]);

/** Until version 8 uses of the instant at which a part of a cycle ended were not told apart: null says that it is not known. */
const to8: UpgradeStep = (parts) => [...parts, null];

/** Until version 9 a use was not in the parts of its day. The body stays; its version says so. */
const to9: UpgradeStep = (parts) => parts;

/** From this version on a use was added to the parts of its day when it was stored. */
export const usageInPartsVersion = 9;

export const usageUpgrades: readonly UpgradeStep[] = [to2, to3, to4, to5, to6, to7, to8, to9];
