import { StoreOpenError } from '../store-open-error.ts';
import { cycleUsageFormat, openHoldsFormat, profileCodec, restCodec, walletFormat } from './account-codec.ts';
import { dayPartFormat } from './day-part-codec.ts';
import { embeddedEntryFormat } from './embedded-entry.ts';
import { entryFormat } from './entry-codec.ts';
import {
  activityCodec,
  auditCodec,
  catalogCodec,
  chargeCodec,
  erasureCodec,
  holdCodec,
  invoiceCodec,
  keyCodec,
  memberCodec,
  noticeCodec,
  pairingCodec,
  purchaseCodec,
  taskCodec,
  webhookEndpointCodec,
} from './record-codec.ts';
import { usageFormat } from './usage-codec.ts';

/** The noun and the newest version of a stored body. */
export interface KnownFormat {
  readonly noun: string;
  readonly version: number;
}

/** Every body that all dialects store; a dialect adds its own. */
export const sharedFormats: readonly KnownFormat[] = [
  restCodec.format,
  walletFormat,
  cycleUsageFormat,
  openHoldsFormat,
  entryFormat,
  embeddedEntryFormat,
  usageFormat,
  dayPartFormat,
  ...[
    profileCodec,
    memberCodec,
    holdCodec,
    taskCodec,
    purchaseCodec,
    invoiceCodec,
    chargeCodec,
    noticeCodec,
    activityCodec,
    keyCodec,
    auditCodec,
    pairingCodec,
    webhookEndpointCodec,
    erasureCodec,
    catalogCodec,
  ].map(({ format }) => format),
];

/**
 * Compares the formats found in a database with the formats that this program knows.
 * @param name Name of the database in errors.
 * @throws StoreOpenError `newer_version` if a newer version of UsageKit wrote one of them.
 */
export function assertKnownFormats(
  name: string,
  written: readonly KnownFormat[],
  known: readonly KnownFormat[],
): void {
  const versions = new Map(known.map(({ noun, version }) => [noun, version]));
  for (const { noun, version } of written) {
    const newest = versions.get(noun) ?? 0;
    if (version > newest) {
      throw new StoreOpenError(
        'newer_version',
        `${name} was written by a newer version of UsageKit (${noun}: format ${version}; this one knows ${newest}). Run that version or newer.`,
      );
    }
  }
}
