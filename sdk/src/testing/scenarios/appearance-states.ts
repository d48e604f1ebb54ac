import { msPerDay } from '@usagekit/server/contract';
import { limitsOf, shareOf, usualPlan } from './catalog-shape.ts';
import { healthy } from './everyday.ts';
import {
  categoryOf,
  fillMeters,
  giftsAmong,
  ifAllowed,
  onUsualPlan,
  severalGrants,
  twelveDays,
  usualShares,
  workOn,
} from './history.ts';
import type { Scenario, ScenarioPlan } from './scenario.ts';
import { changeUsualPlan, limitSuchThat } from './with-what-it-lacks.ts';

/** 120 tasks of every status, by three agents, over two days. */
export const manyTasks: Scenario = (plan) => {
  const count = 120;
  onUsualPlan(plan);
  severalGrants(plan);
  plan.at(2, async (tools) => {
    const { catalog, random } = tools;
    const words = ['Research', 'Summarize', 'Draft', 'Check', 'Collect', 'Compare'];
    const things = ['the inbox', 'a company', 'the weekly report', 'twelve vendors', 'the contract', 'leads'];
    for (let index = 0; index < count; index += 1) {
      const word = words[index % words.length];
      const thing = things[Math.floor(random() * things.length)];
      const status = index % 17 === 3 ? 'failed' : index % 23 === 5 ? 'cancelled' : 'completed';
      await workOn(tools, `${word} ${thing}`, {
        agentId: ['research', 'inbox', 'reports'][index % 3] as string,
        memberId: ['owner', 'admin', 'member'][Math.floor(random() * 3)] as string,
        ...categoryOf(catalog, 'agent'),
        status,
        takes: { minutes: 1 + Math.floor(random() * 18), seconds: Math.floor(random() * 60) },
        ...(index % 4 === 0 && catalog.tools?.[0]
          ? { items: [{ tool: catalog.tools[0].id, calls: 1 }] }
          : {}),
        ...(status === 'failed' ? { error: 'The page could not be opened.' } : {}),
        ...(status === 'completed' ? { result: 'Done.' } : {}),
      });
    }
  });
  plan.at({ minutes: 6 }, async (tools) => {
    await workOn(tools, 'Wait for the approval', {
      agentId: 'inbox',
      memberId: 'member',
      status: 'pending',
    });
    await workOn(tools, 'Read the contract', {
      agentId: 'research',
      memberId: 'member',
      status: 'in_progress',
    });
  });
};

/** Half a year of use that grows, with a quieter month, over every metric that people use. */
export const sixMonths: Scenario = (plan) => {
  const growths = [0.2, 0.25, 0.32, 0.15, 0.36, 0.4];
  const months = growths.length;
  const days = months * 30;
  onUsualPlan(plan);
  plan.begin(days);
  for (let month = 0; month < months; month += 1) {
    const growth = growths[month] ?? 0.3;
    // A month's events come in one report at its end, as a host that counts by itself would send them.
    plan.at(days - (month + 1) * 30 + 0.1, async (tools) => {
      const { account, backend, catalog, random } = tools;
      const counters = limitsOf(catalog, usualPlan(catalog)).filter(({ kind }) => kind === 'counter');
      const sentAtMs = plan.now.getTime() - (days - (month + 1) * 30 + 0.1) * msPerDay;
      const events = Array.from({ length: 30 }, (_, index) => {
        const at = new Date(sentAtMs - (29.5 - index) * msPerDay).toISOString();
        const memberId = ['owner', 'admin', 'member'][index % 3] as string;
        return counters.map(({ metric, included }) => ({
          id: `month-${month}-${index}-${metric}`,
          at,
          accountId: account.id,
          memberId,
          items: [
            {
              metric,
              quantity: shareOf(
                included > 0n ? included : 3_000_000_000n,
                (growth / 30) * (0.6 + random() * 0.8),
              ),
            },
          ],
        }));
      }).flat();
      for (let index = 0; index < events.length; index += 500)
        await backend.report(events.slice(index, index + 500));
      const { available } = await account.credits();
      await ifAllowed(() => account.spendDownTo(Math.floor(Number(available) * (1 - growth))));
      await workOn(tools, 'Write the monthly report', {
        agentId: 'reports',
        memberId: 'owner',
        ...categoryOf(catalog, 'agent'),
        result: 'Done.',
        takes: '14m',
      });
    });
  }
  healthy(plan);
  giftsAmong(plan);
};

/** Figures of ten digits and more, in credits, meters and costs. */
export const hugeNumbers: Scenario = (plan) => {
  const gauge = limitSuchThat(
    plan,
    {},
    {
      included: null,
      policy: 'unlimited',
    },
  );
  changeUsualPlan(plan, (usual) => ({
    ...usual,
    monthlyCredits: '999999999',
    limits: usual.limits.map((limit) =>
      limit.included === null || limit.included === '0' ? limit : { ...limit, included: '987654321' },
    ),
  }));
  onUsualPlan(plan);
  severalGrants(plan);
  twelveDays(plan, 9_999);
  fillMeters(plan, usualShares);
  plan.at({ minutes: 30 }, async ({ account }) => {
    await account.grant('876543210.123456', { label: 'Migration', reason: 'Migration' });
    if (gauge.kind === 'gauge') await account.setGauge(gauge.metric, '999999999.999999');
    else if (gauge.included === 0n) await account.consume(gauge.metric, '999999999');
  });
};

/** Names that no designer had in mind, of everything that has one. */
export const longNames: Scenario = (plan) =>
  named(plan, {
    account: 'The International Society for the Advancement of Long and Unbreakable Names and Abbreviations',
    member: 'Maximiliane-Friederike von Hohenzollern-Sigmaringen-Oettingen-Wallerstein',
    task: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft vergleichen und zusammenfassen',
    metric: 'Successfully delivered transactional and marketing e-mail messages to verified recipients',
    plan: 'Professional Plus with Extended Support and Compliance',
  });

/** Names in Arabic and Hebrew, with Latin parts and numbers in them. */
export const rtlNames: Scenario = (plan) =>
  named(plan, {
    account: 'شركة النور للتقنية (Al-Noor 24)',
    member: 'יעל כהן-לוי',
    task: 'مقارنة 12 مورّدًا من أجل ACME',
    metric: 'رسائل البريد المرسلة',
    plan: 'الخطة الاحترافية',
  });

interface Names {
  account: string;
  member: string;
  task: string;
  metric: string;
  plan: string;
}

function named(plan: ScenarioPlan, names: Names): void {
  const usual = usualPlan(plan.catalog);
  const [first] = limitsOf(plan.catalog, usual);
  plan.changeCatalog((catalog) => ({
    ...catalog,
    metrics: catalog.metrics.map((metric) =>
      metric.id === first?.metric ? { ...metric, label: names.metric } : metric,
    ),
    plans: catalog.plans.map((each) => (each.id === usual.id ? { ...each, name: names.plan } : each)),
  }));
  healthy(plan);
  giftsAmong(plan);
  plan.account({ name: names.account });
  plan.members({ owner: names.member, member: names.member, admin: names.member });
  plan.at({ hours: 2 }, async (tools) => {
    for (let index = 1; index <= 5; index += 1) {
      await workOn(tools, `${names.task} ${index}`, {
        agentId: 'research',
        memberId: 'member',
        ...categoryOf(tools.catalog, 'agent'),
        takes: '3m',
        result: names.task,
      });
    }
  });
}

/** The first answers came, and every later request fails: the shown figures are stale. */
export const stale: Scenario = (plan) => {
  healthy(plan);
  giftsAmong(plan);
  plan.fault({ on: 'GET *stream', kind: 'offline' });
  plan.fault({ on: 'GET *', kind: 'problem', code: 'unavailable', after: 1 });
};

/** No request gets through. */
export const offline: Scenario = (plan) => {
  healthy(plan);
  giftsAmong(plan);
  plan.fault({ kind: 'offline' });
};
