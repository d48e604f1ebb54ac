import type { UsageKitClient } from '@usagekit/server/client';
import { account, members } from '../workspace.ts';
import type { DemoClock } from './demo-clock.ts';
import { readTaskOrder, runTask } from './run-task.ts';
import { signedInMember } from './signed-in.ts';

export interface BackendOptions {
  usage: UsageKitClient;
  /** Where browsers reach the UsageKit server. */
  usageKitUrl: string;
  clock: DemoClock;
  /** Answers everything that is not under `/api`. */
  serveApp(path: string): Promise<Response>;
}

/** Fieldnote's own backend. It holds the secret key, so that no browser needs it. */
export function createBackend({ usage, usageKitUrl, clock, serveApp }: BackendOptions) {
  const routes: Record<string, (request: Request) => Promise<Response>> = {
    async 'GET /api/session'(request) {
      const member = signedInMember(request);
      return Response.json({ usageKitUrl, account, member: member ?? null, members });
    },

    async 'POST /api/token'(request) {
      const member = signedInMember(request);
      const token = await usage.createToken({
        accountId: account.id,
        ...(member && { memberId: member.id }),
      });
      return Response.json(token);
    },

    async 'POST /api/tasks'(request) {
      const order = await readTaskOrder(request);
      if (!order) return Response.json({ message: 'Name a prompt, a model and a depth.' }, { status: 400 });
      await clock.catchUp();
      return runTask(usage, signedInMember(request), order);
    },

    async 'POST /api/next-cycle'() {
      const { resetsAt } = await usage.summary(account.id);
      if (resetsAt) await clock.skipTo(Date.parse(resetsAt));
      return Response.json({ resetsAt });
    },
  };

  return async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const route = routes[`${request.method} ${pathname}`];
    if (route) return route(request);
    if (pathname.startsWith('/api/')) return Response.json({ message: 'Not found.' }, { status: 404 });
    return serveApp(pathname);
  };
}
