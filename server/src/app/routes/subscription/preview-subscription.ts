import { paths } from '../../../contract/paths.ts';
import { subscriptionCommand } from '../../../contract/schemas/subscription.ts';
import { decideSubscription } from '../../../domain/subscription/commands.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { parseBody } from '../../http/parse-input.ts';
import { pathId, pathPattern } from '../../http/path-pattern.ts';
import { jsonReply } from '../../http/reply.ts';
import { managers, type Route } from '../../http/route.ts';
import { subscriptionChangeView } from './subscription-view.ts';

/** What a command would do: the decision that the command itself makes, with what it changes dropped. */
export const previewSubscription: Route = {
  method: 'POST',
  path: pathPattern(paths.subscriptionPreview(':accountId')),
  callers: managers,
  async handle({ services, request, params, caller }) {
    const accountId = pathId(params, 'accountId');
    const command = await parseBody(request, subscriptionCommand);
    const { state, catalog, nowMs, viewer } = await readAccount(services, accountId, caller);
    assertMaySee(viewer.view.manage);
    const context = {
      state,
      catalog,
      member: undefined,
      nowMs,
      recordedAtMs: services.clock.systemMs,
      commandId: services.newId(),
    };
    const { outcome } = decideSubscription(context, command, viewer.memberId);
    return jsonReply(subscriptionChangeView(outcome, catalog, nowMs));
  },
};
