import type { Ports } from '../chrome/ports.ts';
import { badgeOf } from '../core/badge.ts';
import { defineHandler } from '../core/define-handler.ts';
import { isOutOfCreditsAnswer } from '../core/rate-limit.ts';
import { isWorthAnotherTry, pollAfterSecondsMin } from '../core/refresh-pacing.ts';
import { type Envelope, type RpcHandlers, rpcTimeoutMs, type Sender } from '../core/rpc.ts';
import { isAddedSite } from '../core/site.ts';
import { decideStanding } from '../core/standing.ts';
import { createExtensionMemory } from './extension-memory.ts';
import { createHintGate } from './hint-gate.ts';
import { createLiveLine } from './live-line.ts';
import { createPrompter } from './prompter.ts';
import { createRefresher, pollAlarmName } from './refresher.ts';
import { createRpcHandlers } from './rpc-handlers.ts';
import { createSiteRegistry } from './site-registry.ts';
import { createWatchers } from './watchers.ts';

export interface BackgroundOptions {
  /** The content script's file within the extension. */
  siteScriptFile: string;
  /** Told of mistakes of ours. */
  onInternalError(error: unknown): void;
  /** Replaces methods, for tests of how a failing one is answered. */
  handlers?: Partial<RpcHandlers>;
}

export interface Background {
  /** Answers one message, always. */
  answer(body: unknown, sender: Sender | null): Promise<Envelope<unknown>>;
}

/**
 * Wires the background together and adds every listener at once: the browser wakes a worker only for events that it
 * listened to in its first turn.
 */
export function createBackground(ports: Ports, options: BackgroundOptions): Background {
  const { action, alarms, lifecycle, messaging, permissions, storage, system, webRequest } = ports;
  const memory = createExtensionMemory(storage);
  const watchers = createWatchers();
  const prompter = createPrompter(ports, memory, watchers);
  const sites = createSiteRegistry(ports, memory, options.siteScriptFile);

  const paint = (): Promise<void> => {
    const standing = decideStanding(memory.connection() !== null, memory.snapshot(), system.nowMs());
    return action.paint(badgeOf(standing, system.format()));
  };
  const refresher = createRefresher(ports, memory, async () => {
    await paint();
    await prompter.consider();
  });
  const hints = createHintGate(system, () => void refresher.refresh('hint'));
  const liveLine = createLiveLine(ports, memory, refresher.refresh, paint);
  const onChanged = async (): Promise<void> => {
    liveLine.update(watchers.isWatched(memory.sites()));
    await refresher.ensureAlarm();
    await paint();
  };
  const tryAgain = async (): Promise<void> => {
    if (isWorthAnotherTry(memory.snapshot(), system.nowMs())) await refresher.refresh('asked');
  };

  /**
   * Runs once what was kept is read; an event that nobody waits for tells its failure to the log. An alarm rings once, so
   * that whatever failed must not leave the browser without one: nothing else would wake the worker.
   */
  const onEvent = (run: () => Promise<void>): void => {
    const keepAlarm = async (): Promise<void> => {
      if (await alarms.isSet(pollAlarmName)) return;
      await alarms.set(pollAlarmName, system.nowMs() + 2 * pollAfterSecondsMin * 1000);
    };
    memory.ready.then(run).catch(async (error) => {
      options.onInternalError(error);
      await keepAlarm().catch(options.onInternalError);
    });
  };

  const defined = createRpcHandlers(ports, { memory, refresher, prompter, hints, sites, onChanged });
  const answerCall = defineHandler({
    handlers: { ...defined, ...options.handlers },
    timeoutMs: rpcTimeoutMs,
    wait: system.wait,
    onInternalError: options.onInternalError,
  });

  lifecycle.onInstalled(() => {
    onEvent(async () => {
      await storage.lockLocal();
      await sites.sync();
    });
  });
  lifecycle.onStartup(() => onEvent(() => refresher.refresh('opened')));
  lifecycle.onOnline(() => onEvent(tryAgain));
  alarms.onAlarm((name) => {
    if (name === pollAlarmName) onEvent(() => refresher.refresh('alarm'));
  });
  permissions.onChanged(() =>
    onEvent(async () => {
      await sites.sync();
      await onChanged();
    }),
  );
  messaging.onWatcher((watcher) => {
    watchers.add(watcher, () => onEvent(async () => liveLine.update(watchers.isWatched(memory.sites()))));
    onEvent(async () => {
      liveLine.update(watchers.isWatched(memory.sites()));
      if (watcher.sender.kind === 'extension-page') return;
      await refresher.refresh('opened');
      await prompter.consider();
    });
  });
  webRequest.onCompleted(({ status, headers, origin }) =>
    onEvent(async () => {
      if (!isAddedSite(memory.sites(), origin) || !isOutOfCreditsAnswer(status, headers)) return;
      // Nobody looks at a site whose tabs are all hidden; it asks when one comes into view.
      if (watchers.isSiteWatched(origin)) hints.hint(origin);
    }),
  );
  // Every wake, whatever it was for, first shows what is known.
  onEvent(async () => {
    await onChanged();
    await tryAgain();
  });

  return {
    async answer(body, sender) {
      await memory.ready;
      const isStranger = sender?.kind === 'content-script' && !isAddedSite(memory.sites(), sender.origin);
      return await answerCall(body, isStranger ? null : sender);
    },
  };
}
