import { memberRoles } from '../accounts/member-roles.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { type ScenarioName, scenarios } from '../scenarios/scenarios.ts';
import type { MockViewer } from './usagekit-mock.ts';

/** One line that names the mistake, its place and the accepted values. */
export function notAccepted(what: string, given: unknown, accepted: readonly string[]): RangeError {
  return new RangeError(`${what} '${String(given)}' is none; accepted are ${accepted.join(', ')}.`);
}

/** @throws RangeError */
export function scenarioOf(named: ScenarioName | Scenario): Scenario {
  if (typeof named === 'function') return named;
  if (!Object.hasOwn(scenarios, named)) throw notAccepted('The scenario', named, Object.keys(scenarios));
  return scenarios[named];
}

/** @throws RangeError */
export function viewerOf(role: MockViewer): MockViewer {
  if (role !== 'visitor' && !memberRoles.includes(role)) {
    throw notAccepted('The role', role, [...memberRoles, 'visitor']);
  }
  return role;
}

/** @throws RangeError for an option that is misspelt, which would do nothing. */
export function assertOptions(what: string, given: object, accepted: readonly string[]): void {
  for (const name of Object.keys(given)) {
    if (!accepted.includes(name)) throw notAccepted(`The option of ${what}`, name, accepted);
  }
}
