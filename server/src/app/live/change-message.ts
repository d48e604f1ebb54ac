import type { ChangeMessage } from '../../contract/stream.ts';
import type { AccountReading } from '../accounts/account-reader.ts';
import { formatInstant } from '../http/instants.ts';
import { blockedBy, levelOfAccount } from '../routes/accounts/standing-of-account.ts';
import { showsBalance } from '../routes/amounts-in-view.ts';
import { creditsLeftView } from '../routes/gate/gate-views.ts';
import type { ChangeHint } from './change-hints.ts';

const taskIdsMax = 50;

/** One change as a viewer may see it. */
export function changeMessage(reading: AccountReading, hint: ChangeHint): ChangeMessage {
  const { state, catalog, nowMs, viewer } = reading;
  return {
    type: 'change',
    accountId: state.profile.id,
    version: state.version,
    views: [...hint.views],
    credits: showsBalance(viewer, catalog.unit) ? creditsLeftView(state, catalog) : null,
    level: levelOfAccount(reading),
    blocked: blockedBy(reading) !== null,
    taskIds: visibleTaskIds(reading, hint),
    asOf: formatInstant(nowMs),
  };
}

function visibleTaskIds({ viewer }: AccountReading, hint: ChangeHint): string[] {
  const ids: string[] = [];
  for (const [id, memberId] of hint.tasks) {
    if (ids.length === taskIdsMax) break;
    const own = memberId !== null && memberId === viewer.memberId;
    if (viewer.view.tasks === 'all' || (viewer.view.tasks === 'own' && own)) ids.push(id);
  }
  return ids;
}
