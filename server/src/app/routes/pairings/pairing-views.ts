import { apiBounds } from '../../../contract/api-bounds.ts';
import type { ConnectedBrowser, ExtensionToken, Pairing } from '../../../contract/pairings/pairings.ts';
import { msPerDay } from '../../../contract/values/durations.ts';
import type { KeyRecord, PairingRecord } from '../../../store/installation-records.ts';
import { type MemberNames, memberNameOf } from '../../accounts/member-names.ts';
import { formatInstant } from '../../http/instants.ts';
import { formatUserCode } from '../../pairings/user-code.ts';

export function pairingView(pairing: PairingRecord, timeZone: string): Pairing {
  const { userCode, decision, browser, origin, createdAtMs, expiresAtMs } = pairing;
  return {
    userCode: formatUserCode(userCode),
    status: decision?.outcome ?? 'pending',
    browser,
    origin,
    createdAt: formatInstant(createdAtMs),
    expiresAt: formatInstant(expiresAtMs),
    timeZone,
  };
}

export function extensionTokenView(created: { record: KeyRecord; secret: string }): ExtensionToken {
  const { accountId, memberId, expiresAtMs } = memberKey(created.record);
  return { token: created.secret, accountId, memberId, expiresAt: formatInstant(expiresAtMs) };
}

export function connectedBrowserView(key: KeyRecord, names?: MemberNames): ConnectedBrowser {
  const { memberId, expiresAtMs } = memberKey(key);
  return {
    id: key.id,
    memberId,
    ...memberNameOf(memberId, names),
    browser: key.label,
    origin: key.origin,
    narrowTo: key.narrowTo,
    connectedAt: formatInstant(key.createdAtMs),
    // Each day of use puts the end off.
    usedAt: formatInstant(Math.max(key.createdAtMs, expiresAtMs - apiBounds.extensionKeyDays * msPerDay)),
    expiresAt: formatInstant(expiresAtMs),
  };
}

function memberKey({ accountId, memberId, expiresAtMs }: KeyRecord) {
  if (accountId === null || memberId === null || expiresAtMs === null)
    throw new Error('A key of an extension names its member and ends.');
  return { accountId, memberId, expiresAtMs };
}
