import type { addOnsMessages } from './add-ons.ts';
import type { dedicatedIpsMessages } from './dedicated-ips.ts';
import type { pauseMessages } from './pause.ts';
import type { planCardMessages } from './plan-card.ts';
import type { planComparisonMessages } from './plan-comparison.ts';
import type { planLimitsMessages } from './plan-limits.ts';
import type { planNoticeMessages } from './plan-notice.ts';
import type { seatsMessages } from './seats.ts';
import type { subscriptionChangeMessages } from './subscription-change.ts';

/** The texts of the room, by component. */
export interface SubscriptionTexts {
  planCard: typeof planCardMessages;
  planNotice: typeof planNoticeMessages;
  planComparison: typeof planComparisonMessages;
  planLimits: typeof planLimitsMessages;
  pause: typeof pauseMessages;
  addOns: typeof addOnsMessages;
  dedicatedIps: typeof dedicatedIpsMessages;
  seats: typeof seatsMessages;
  subscriptionChange: typeof subscriptionChangeMessages;
}
