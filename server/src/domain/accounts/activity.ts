import type { DecisionContext } from '../decision.ts';
import { deriveId } from '../ids/derived-id.ts';
import type { ActivityRecord } from '../state.ts';

/** The content of a line in the activity log. By default it names no member and no reason. */
export interface ActivityDraft {
  readonly kind: ActivityRecord['kind'];
  /** One sentence for people. */
  readonly description: string;
  readonly memberId?: string | null;
  readonly reason?: string | null;
}

/** The line that a command adds to the activity log; its id derives from the command's. */
export function activityOf(
  { commandId, state, nowMs }: DecisionContext,
  { kind, description, memberId = null, reason = null }: ActivityDraft,
): ActivityRecord {
  return {
    id: deriveId(commandId, 'activity'),
    accountId: state.profile.id,
    atMs: nowMs,
    kind,
    description,
    memberId,
    reason,
  };
}
