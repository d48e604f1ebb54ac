import { headers } from '../../../contract/http/headers.ts';
import type { DecisionContext, RefusalFigures } from '../../../domain/decision.ts';
import type { UseCommand } from '../../../domain/gate/quote.ts';
import { planOf } from '../../../domain/limits/limits.ts';
import { backendViewer, type Viewer } from '../../access/viewer.ts';
import type { Executed } from '../../execute.ts';
import { refusalView } from '../../gate/refusal-view.ts';
import type { RawCall } from '../request/raw-call.ts';
import { limitHeaders } from './limit-headers.ts';
import { refusalReply } from './problem.ts';
import { jsonTextReply, type Reply, versionHeader } from './reply.ts';

const replayedHeaders = { [headers.idempotentReplayed.toLowerCase()]: 'true' };

/** The answer of a command that changed something, now or the first time its key came. */
export function executedReply(executed: Executed<unknown>): Reply {
  const { answer } = executed;
  if (answer === null) throw new Error('A command that changed something has no answer');
  return executed.replayed
    ? jsonTextReply(answer.body, answer.status, replayedHeaders)
    : jsonTextReply(answer.body, answer.status, versionHeader(executed.after.state.version));
}

/** The answer of a gate that refused. */
export function refusedReply(
  call: Pick<RawCall, 'services' | 'requestId'>,
  figures: RefusalFigures,
  context: Pick<DecisionContext, 'state' | 'catalog' | 'nowMs' | 'member'>,
  asked: UseCommand | null,
  viewer: Viewer = backendViewer,
): Reply {
  const { state, catalog, nowMs } = context;
  call.services.metrics.refusal(figures.reason);
  const { refusals, clock } = call.services;
  if (asked !== null) {
    refusals.record(state.profile.id, { ...asked, atMs: nowMs });
    const { reason, metric } = figures;
    const { memberId } = asked.dimensions;
    const refused = { reason, metric, atMs: nowMs, recordedAtMs: clock.systemMs };
    if (memberId !== undefined) refusals.recordOfMember(state.profile.id, memberId, refused);
  }
  const refusal = refusalView(figures, { catalog, plan: planOf(state, catalog), viewer });
  return refusalReply(refusal, figures.purchasable, call.requestId, limitHeaders(figures, context));
}
