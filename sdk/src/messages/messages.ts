import type { ActivityTexts } from './activity/activity-texts.ts';
import type { ChartsTexts } from './charts/charts-texts.ts';
import type { CommonTexts } from './common/common-texts.ts';
import type { CreditsTexts } from './credits/credits-texts.ts';
import type { DiagnosisTexts } from './diagnosis/diagnosis-texts.ts';
import type { GateTexts } from './gate/gate-texts.ts';
import type { InvoicesTexts } from './invoices/invoices-texts.ts';
import type { LimitsTexts } from './limits/limits-texts.ts';
import type { MembersTexts } from './members/members-texts.ts';
import type { ModelsTexts } from './models/models-texts.ts';
import type { PairingsTexts } from './pairings/pairings-texts.ts';
import type { SubscriptionTexts } from './subscription/subscription-texts.ts';
import type { TasksTexts } from './tasks/tasks-texts.ts';
import type { UsageTexts } from './usage/usage-texts.ts';

/**
 * Every text of the components, by component. A text with figures in it is a function of figures that are already
 * written in the locale, so that a translation decides on order and plurals and on nothing else.
 */
export interface Messages
  extends ActivityTexts,
    ChartsTexts,
    CommonTexts,
    CreditsTexts,
    DiagnosisTexts,
    GateTexts,
    InvoicesTexts,
    LimitsTexts,
    MembersTexts,
    ModelsTexts,
    PairingsTexts,
    SubscriptionTexts,
    TasksTexts,
    UsageTexts {}

/** Texts that replace the English ones; missing ones stay English. */
export type MessageOverrides = { [Component in keyof Messages]?: Partial<Messages[Component]> };
