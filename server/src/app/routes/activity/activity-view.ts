import type { Activity, ActivityEvent } from '../../../contract/activity/activity.ts';
import { describeEvent } from '../../../domain/activity/activity.ts';
import type { ActivityRecord } from '../../../domain/activity/state.ts';
import type { Catalog } from '../../../domain/catalog/catalog-types.ts';
import { textIn } from '../../../domain/catalog/translations.ts';
import { nameOfSubject } from '../../../domain/invoices/charges/charge-words.ts';
import { sourceOfName } from '../../../domain/stored-words/stored-names.ts';
import { balanceUnit } from '../../access/amounts-in-view.ts';
import { type MemberNames, memberNameOf } from '../../accounts/member-names.ts';
import { formatInstant } from '../../http/instants.ts';

type Named = Pick<Catalog, 'unit' | 'creditLabel' | 'creditPacks' | 'plans' | 'translation'>;

export function activityView(activity: ActivityRecord, catalog: Named, names?: MemberNames): Activity {
  const event = activity.event && inLanguage(eventView(activity.event, catalog), catalog);
  return {
    id: activity.id,
    kind: activity.kind,
    description: event === activity.event || event === null ? activity.description : describeEvent(event),
    event,
    ...(event && tellsCredits(event) && { creditLabel: balanceUnit(catalog) }),
    memberId: activity.memberId,
    ...memberNameOf(activity.memberId, names),
    reason: activity.reason,
    at: formatInstant(activity.atMs),
  };
}

/**
 * An event about bought amounts with the currency where the balance is money, one about a plan or a pack with its name, and one about
 * a grant that nobody named with its source.
 */
function eventView(event: ActivityEvent, catalog: Named): ActivityEvent {
  const { unit, plans } = catalog;
  switch (event.kind) {
    case 'refunded':
    case 'refund_returned':
    case 'disputed':
      return { ...event, subject: nameOfSubject(event, catalog) };
    case 'plan_change_unpaid': {
      const plan = plans.get(event.planId)?.name;
      return plan === undefined ? event : { ...event, plan };
    }
    case 'credits_bought':
    case 'purchase_failed':
    case 'auto_top_up_set':
      return unit === 'credits' ? event : { ...event, unit };
    case 'credits_granted': {
      const source = event.label === null ? undefined : sourceOfName(event.label);
      return source === undefined ? event : { ...event, label: null, source };
    }
    default:
      return event;
  }
}

/** The fields that name something of the catalog as it was called then. A grant's label and a contract's are the host's own. */
function inLanguage(event: ActivityEvent, catalog: Named): ActivityEvent {
  if (event.kind === 'credits_granted' || event.kind === 'contract_set') return event;
  const translated = Object.entries(event).flatMap(([field, value]) => {
    const text = catalogNames.has(field) && typeof value === 'string' ? textIn(catalog, value) : value;
    return text === value ? [] : [[field, text]];
  });
  return translated.length === 0 ? event : { ...event, ...Object.fromEntries(translated) };
}

const catalogNames: ReadonlySet<string> = new Set(['label', 'plan', 'pack']);

function tellsCredits(event: ActivityEvent): boolean {
  return 'credits' in event || 'threshold' in event || ('unit' in event && 'amount' in event);
}
