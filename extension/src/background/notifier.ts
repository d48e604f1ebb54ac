import type { Ports } from '../chrome/ports.ts';
import { decideNotices, parseNoticeState, withoutConnection } from '../core/account/notices.ts';
import { parsePageUrl } from '../core/connection/server-address.ts';
import type { ExtensionMemory } from './extension-memory.ts';

/** Shows notifications when something runs low and when it is back, if the user has enabled them. */
export interface Notifier {
  /** Examines new figures of an account. */
  consider(connectionId: string): Promise<void>;
  forget(connectionId: string): Promise<void>;
}

const storageKey = 'notices';

export function createNotifier(
  { notifications, storage, system, tabs }: Pick<Ports, 'notifications' | 'storage' | 'system' | 'tabs'>,
  memory: ExtensionMemory,
): Notifier {
  let lastRun: Promise<unknown> = Promise.resolve();
  /** One after the other: two that run together would both find that nothing was said yet. */
  const inTurn = (run: () => Promise<void>): Promise<void> => {
    const done = lastRun.then(run);
    lastRun = done.catch(() => undefined);
    return done;
  };

  notifications.onPressed((id) => {
    void memory.ready.then(async () => {
      const connection = memory
        .connections()
        .find((known) => id.startsWith(JSON.stringify([known.id]).slice(0, -1)));
      if (connection === undefined) return;
      const { summary } = memory.account(connection.id).snapshot();
      const url = parsePageUrl(summary?.billingUrl ?? null, connection.serverUrl);
      if (url !== null) await tabs.open(url);
    });
  });

  return {
    consider: (connectionId) =>
      inTurn(async () => {
        const settings = memory.settings().notify;
        const { summary } = memory.account(connectionId).snapshot();
        if (!settings.isOn || summary === null) return;
        const before = parseNoticeState(await storage.local.get(storageKey));
        const [hour, nowMs, format] = [system.hour(), system.nowMs(), system.format()];
        const { state, notices } = decideNotices({ connectionId, summary }, before, {
          settings,
          hour,
          nowMs,
          format,
        });
        // Kept before anything is shown, so that a crash cannot say it twice.
        if (state !== before) await storage.local.set(storageKey, state);
        for (const notice of notices) await notifications.show(notice);
      }),
    forget: (connectionId) =>
      inTurn(async () => {
        const before = parseNoticeState(await storage.local.get(storageKey));
        const after = withoutConnection(before, connectionId);
        if (Object.keys(after).length === 0) await storage.local.remove(storageKey);
        else await storage.local.set(storageKey, after);
      }),
  };
}
