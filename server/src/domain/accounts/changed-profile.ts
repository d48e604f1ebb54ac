import type { ActivityRecord } from '../activity/state.ts';
import type { Decision, DecisionContext } from '../decision.ts';
import { noFacts } from '../facts.ts';
import type { Profile } from './state.ts';

/** Changes what is set for an account, with a line in its activity log. */
export function changedProfile(
  context: DecisionContext,
  change: Partial<Profile>,
  activity: ActivityRecord,
): Decision<'changed'> {
  const { state } = context;
  return {
    outcome: 'changed',
    state: { ...state, profile: { ...state.profile, ...change } },
    facts: { ...noFacts, activity: [activity] },
  };
}
