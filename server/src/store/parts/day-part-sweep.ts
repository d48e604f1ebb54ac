import { cellsOf } from '../../domain/usage/cells.ts';
import type { AddedCell } from '../../domain/usage/state.ts';
import { profileCodec } from '../codec/account-codec.ts';
import { decodeStored } from '../codec/stored-format.ts';
import { usageInPartsVersion } from '../codec/upgrades/uses/usage.ts';
import { decodeUsage, encodeUsage, type UsageKey } from '../codec/usage-codec.ts';
import { readable, Unreadable } from './loaded-rows.ts';

/*
 * Uses that earlier versions stored are brought into the parts of their days by a sweep of its own: a use of an earlier version is added
 * to them and gets the newest version in one transaction, so that it is added once. Until the last one is, nobody reads the parts.
 */

/** Names the sweep in the table of sweeps, and what it makes. */
export const dayPartSweep = { name: 'uses_into_day_parts', formats: '1' } as const;

export const areDayPartsWholeSql = `SELECT 1 AS whole FROM sweeps WHERE name = '${dayPartSweep.name}' AND after IS NULL`;

/** Lets the sweep begin again. */
export const forgetDayPartSweepSql = `DELETE FROM sweeps WHERE name = '${dayPartSweep.name}'`;

const earlierVersions = Array.from({ length: usageInPartsVersion - 1 }, (_, index) => `'[${index + 1},'`);

/** SQL that is true of a body of a use that is not in the parts of its day. */
export const isOutsidePartsSql = `substr(body, 1, 3) IN (${earlierVersions.join(', ')})`;

/** The same of a body in hand. */
export function isOutsideParts(body: string): boolean {
  return Number(body.slice(1, body.indexOf(','))) < usageInPartsVersion;
}

/** A use that is brought into the parts of its day. */
export interface BroughtUse {
  readonly key: UsageKey;
  readonly old: string;
  /** In the newest version. */
  readonly body: string;
  readonly cells: readonly AddedCell[];
}

/** A stored use with the cells that it adds to the parts of its day; null where it is in them, or cannot be read. @param profile Of its account. */
export function broughtUse(key: UsageKey, old: string, profile: string | undefined): BroughtUse | null {
  if (!isOutsideParts(old)) return null;
  const record = readable(() => decodeUsage(key, old));
  if (record instanceof Unreadable) return null;
  // An account that cannot be read fails by itself; its use is counted somewhere at least.
  const zone = readable(() => decodeStored('account', () => profileCodec.decode(profile ?? '').timeZone));
  const cells = cellsOf([record], zone instanceof Unreadable ? 'UTC' : zone);
  return { key, old, body: encodeUsage(record), cells };
}
