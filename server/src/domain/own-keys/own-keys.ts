import { changedProfile } from '../accounts/changed-profile.ts';
import type { Profile } from '../accounts/state.ts';
import { activityOf } from '../activity/activity.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { acceptedIds } from '../ids/accepted-ids.ts';

/** Uses the account's own key for a provider from now on, or, with null, the platform's again. */
export function decideOwnKey(
  context: DecisionContext,
  provider: string,
  key: Profile['ownKeys'][string] | null,
  memberId: string | null,
): Decision<'changed'> {
  const providers = new Set([...context.catalog.models.values()].map((model) => model.provider));
  if (!providers.has(provider)) {
    throw new DomainError(
      'invalid_request',
      `The catalog has no model of provider '${provider}'`,
      '/provider',
      acceptedIds(providers, 'no provider'),
    );
  }
  const { [provider]: _, ...others } = context.state.profile.ownKeys;
  const activity = activityOf(context, {
    kind: 'own_key_changed',
    event:
      key === null
        ? { kind: 'own_key_removed', provider }
        : { kind: 'own_key_set', provider, lastFour: key.lastFour },
    memberId,
  });
  return changedProfile(
    context,
    { ownKeys: key === null ? others : { ...others, [provider]: key } },
    activity,
  );
}
