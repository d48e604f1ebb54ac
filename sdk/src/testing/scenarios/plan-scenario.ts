import { type AccountInput, type CatalogConfig, msPerDay, type Role } from '@usagekit/server/contract';
import { memberRoles } from '../accounts/member-roles.ts';
import { parseSpan, type Span } from '../clock/mock-clock.ts';
import { type Fault, kindOf } from '../faults/faults.ts';
import type { Before, Scenario, ScenarioStep } from './scenario.ts';

type SeatsConfig = NonNullable<CatalogConfig['plans'][number]['seats']>[string];

/** A planned scenario: its steps in the order of time. */
export interface PlannedScenario {
  catalog: CatalogConfig;
  account: AccountInput;
  memberNames: Partial<Record<Role, string>>;
  beginsAtMs: number;
  steps: { atMs: number; step: ScenarioStep }[];
  faults: Fault[];
}

const usualBeginDays = 12;

/** Lets scenarios plan, one after the other, on one plan. */
export function planScenario(
  scenarios: readonly Scenario[],
  { catalog, nowMs }: { catalog: CatalogConfig; nowMs: number },
): PlannedScenario {
  const planned: Omit<PlannedScenario, 'beginsAtMs'> = {
    catalog,
    account: {},
    memberNames: {},
    steps: [],
    faults: [],
  };
  let beginsAtMs: number | undefined;
  const last: PlannedScenario['steps'] = [];
  const plan = {
    get catalog() {
      return planned.catalog;
    },
    now: new Date(nowMs),
    begin(before: Before) {
      beginsAtMs = Math.min(beginsAtMs ?? Number.POSITIVE_INFINITY, nowMs - spanOf(before));
    },
    account(input: AccountInput) {
      planned.account = { ...planned.account, ...input };
    },
    members(names: Partial<Record<Role, string>>) {
      planned.memberNames = { ...planned.memberNames, ...names };
    },
    changeCatalog(change: (catalog: CatalogConfig) => CatalogConfig) {
      planned.catalog = change(planned.catalog);
    },
    first(step: ScenarioStep) {
      planned.steps.push({ atMs: Number.NEGATIVE_INFINITY, step });
    },
    at(before: Before, step: ScenarioStep) {
      planned.steps.push({ atMs: nowMs - spanOf(before), step });
    },
    finally(step: ScenarioStep) {
      last.push({ atMs: nowMs, step });
    },
    fault(fault: Fault) {
      kindOf(fault);
      planned.faults.push(fault);
    },
  };
  for (const scenario of scenarios) scenario(plan);
  return {
    ...planned,
    catalog: withSeats(planned.catalog),
    beginsAtMs: beginsAtMs ?? nowMs - usualBeginDays * msPerDay,
    // Steps at the same time run in the order in which they were planned: the sort is stable.
    steps: [...planned.steps.sort((a, b) => a.atMs - b.atMs), ...last],
  };
}

/**
 * A member of each role is in the account, on whichever plan: where a plan has fewer seats of a kind, or none, it gets as many. A
 * plan that names no seats bounds none.
 */
function withSeats(catalog: CatalogConfig): CatalogConfig {
  const kinds = catalog.seatTypes?.map(({ id }) => id) ?? [];
  return {
    ...catalog,
    plans: catalog.plans.map(({ seats = {}, ...plan }) => ({
      ...plan,
      ...(Object.keys(seats).length > 0 && {
        seats: Object.fromEntries(
          [...new Set([...Object.keys(seats), ...kinds])].map((kind) => [kind, withEnough(seats[kind])]),
        ),
      }),
    })),
  };
}

function withEnough({ included, max, ...seat }: SeatsConfig = { included: 0 }): SeatsConfig {
  const needed = memberRoles.length;
  return {
    ...seat,
    included: included === null ? null : Math.max(included, needed),
    ...(max === undefined ? {} : { max: max === null ? null : Math.max(max, needed) }),
  };
}

function spanOf(before: Before): number {
  return typeof before === 'number' ? before * msPerDay : parseSpan(before as Span);
}
