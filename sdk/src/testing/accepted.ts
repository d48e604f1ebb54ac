import type { MockViewer } from './create-usagekit-mock.ts';
import { memberRoles, type ScenarioName, scenarios } from './scenarios.ts';

/** One line that says what is wrong, where it was written and what is accepted. */
function notAccepted(what: string, given: unknown, accepted: readonly string[]): RangeError {
  return new RangeError(`${what} '${String(given)}' is none; accepted are ${accepted.join(', ')}.`);
}

/** @throws RangeError */
export function scenarioOf(name: ScenarioName): (typeof scenarios)[ScenarioName] {
  if (!Object.hasOwn(scenarios, name)) throw notAccepted('The scenario', name, Object.keys(scenarios));
  return scenarios[name];
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
