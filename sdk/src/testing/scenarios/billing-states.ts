import { freePlan, usualPlan } from './catalog-shape.ts';
import { healthy } from './everyday.ts';
import { giftsAmong, welcomeGifts, workOn } from './history.ts';
import type { Scenario, ScenarioPlan } from './scenario.ts';
import { changeUsualPlan, collecting, pausing } from './with-what-it-lacks.ts';

const trialDays = 14;

/** Five days of a trial of fourteen have passed. */
export const trialActive: Scenario = (plan) => trial(plan, 5);

/** The trial ends tomorrow. */
export const trialEndingSoon: Scenario = (plan) => trial(plan, trialDays - 1);

/** The trial ended six days ago without a payment method, and everything is paused. */
export const trialExpired: Scenario = (plan) => {
  pausing(plan, 'trial_over');
  trial(plan, trialDays + 6);
};

function trial(plan: ScenarioPlan, daysPassed: number): void {
  changeUsualPlan(plan, ({ trial: _, ...usual }) => ({ ...usual, trial: { days: trialDays } }));
  plan.account({ planId: usualPlan(plan.catalog).id, trial: true });
  plan.begin(daysPassed);
  welcomeGifts(plan, daysPassed);
  for (let day = daysPassed - 0.5; day > Math.max(0, daysPassed - trialDays); day -= 1) {
    plan.at(day, async (tools) => {
      const { account, random } = tools;
      await workOn(tools, 'Try it out', {
        agentId: 'research',
        memberId: 'owner',
        takes: { minutes: 1 + Math.floor(random() * 9) },
        result: 'Done.',
      });
      const { available } = await account.credits();
      if (Number(available) > 100) await account.spendDownTo(Math.floor(Number(available)) - 20);
    });
  }
}

/** The card was declined at the last renewal, and the invoice is overdue. */
export const pastDue: Scenario = (plan) => overdue(plan, 32);

/** Two renewals were declined, and both invoices are past due. */
export const invoicesPastDue: Scenario = (plan) => {
  overdue(plan, 70);
};

function overdue(plan: ScenarioPlan, daysBefore: number): void {
  collecting(plan);
  // A plan without a price would owe nothing.
  changeUsualPlan(plan, (usual) =>
    usual.price === undefined && usual.kind === 'paid'
      ? { ...usual, price: { month: { amount: '40', currency: plan.catalog.currency } } }
      : usual,
  );
  plan.account({ planId: usualPlan(plan.catalog).id });
  plan.begin(daysBefore);
  plan.at(daysBefore, ({ enterCard }) => enterCard('succeeds'));
  welcomeGifts(plan, daysBefore - 2);
  for (const day of [daysBefore - 4, daysBefore - 9, daysBefore - 15]) {
    plan.at(day, async (tools) => {
      await workOn(tools, 'Write the weekly report', {
        agentId: 'reports',
        memberId: 'owner',
        takes: '11m',
        result: 'Done.',
      });
    });
  }
  plan.at(daysBefore - 1, ({ enterCard }) => enterCard('declines'));
}

/** Every attempt to take the money has failed, and work is paused until it is paid. */
export const paused: Scenario = (plan) => {
  pausing(plan, 'retries_exhausted');
  overdue(plan, 52);
};

/** The subscription was cancelled, and ends with the period that is paid. */
export const cancelScheduled: Scenario = (plan) => {
  plan.changeCatalog(({ cancelling, ...catalog }) => ({
    ...catalog,
    cancelling: { ...(cancelling?.planAfter ? { planAfter: cancelling.planAfter } : {}), rule: 'boundary' },
  }));
  plan.account({ kind: 'organization' });
  healthy(plan);
  giftsAmong(plan);
  plan.at({ hours: 5 }, ({ account, backend }) =>
    backend.send('POST', `/v1/accounts/${account.id}/subscription/cancel`),
  );
};

/** A change to the free plan waits for the end of the period. */
export const downgradeScheduled: Scenario = (plan) => {
  const free = freePlan(plan.catalog);
  healthy(plan);
  giftsAmong(plan);
  plan.at({ hours: 5 }, ({ account, backend }) =>
    backend.send('POST', `/v1/accounts/${account.id}/subscription/change`, { planId: free.id }),
  );
};
