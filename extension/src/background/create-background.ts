import type { Ports } from '../chrome/ports.ts';
import { chooseShown } from '../core/account/shown-account.ts';
import { emptySnapshot } from '../core/account/snapshot.ts';
import { badgeOf } from '../core/badge/badge.ts';
import { decideBadgeState } from '../core/badge/badge-state.ts';
import type { Connection } from '../core/connection/connection.ts';
import { defineHandler } from '../core/rpc/define-handler.ts';
import { type Envelope, type RpcHandlers, rpcTimeoutMs, type Sender } from '../core/rpc/rpc.ts';
import { isOutOfCreditsAnswer } from '../core/server/rate-limit.ts';
import { isWorthAnotherTry, pollAfterSecondsMin } from '../core/server/refresh-pacing.ts';
import { siteOf, toSitePattern } from '../core/sites/site.ts';
import { createAccounts } from './connection/accounts.ts';
import { createPairer, pairingAlarmName } from './connection/pairer.ts';
import { createExtensionMemory } from './extension-memory.ts';
import { createNotifier } from './notifier.ts';
import { createRpcHandlers } from './rpc-handlers.ts';
import { connectionOfAlarm, pollAlarmName } from './server/refresher.ts';
import { createChips } from './sites/chips.ts';
import { createHintGate } from './sites/hint-gate.ts';
import { createPrompter } from './sites/prompter.ts';
import { createSiteRegistry } from './sites/site-registry.ts';
import { createWatchers } from './sites/watchers.ts';

export interface BackgroundOptions {
  /** The content script's file within the extension. */
  siteScriptFile: string;
  /** The script that draws the card. */
  cardFile: string;
  /** The script that draws the line with what is left. */
  chipFile: string;
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
  const { action, alarms, lifecycle, messaging, permissions, storage, system, tabs, webRequest } = ports;
  const memory = createExtensionMemory(storage);
  const watchers = createWatchers();
  const notifier = createNotifier(ports, memory);
  const prompter = createPrompter(ports, memory, watchers, options.cardFile);
  const chips = createChips(ports, memory, watchers, options.chipFile);
  const sites = createSiteRegistry(ports, memory, options.siteScriptFile);

  const shown = (): Connection | null => {
    const candidates = memory.connections().map((connection) => ({
      connection,
      connectionId: connection.id,
      snapshot: memory.account(connection.id).snapshot(),
    }));
    const inView = watchers.latestTab(memory.sites())?.site.connectionId ?? null;
    const { chosenConnectionId } = memory.settings();
    return chooseShown(candidates, inView, chosenConnectionId, system.nowMs())?.connection ?? null;
  };
  const paint = async (): Promise<void> => {
    const connection = shown();
    const snapshot = connection === null ? emptySnapshot : memory.account(connection.id).snapshot();
    const badgeState = decideBadgeState(connection !== null, snapshot, system.nowMs());
    await action.paint(badgeOf(badgeState, system.format(), memory.settings().icon));
    await memory.setShown(connection?.id ?? null);
    await chips.update();
  };
  const accounts = createAccounts(ports, memory, {
    async onLearned(connectionId) {
      await paint();
      await prompter.consider();
      await notifier.consider(connectionId);
    },
    onMoved: paint,
  });
  const hints = createHintGate(system, (origin) => {
    const site = siteOf(memory.sites(), origin);
    if (site !== undefined) void accounts.of(site.connectionId).refresher.refresh('hint');
  });
  /** A line is open for the account that is shown on an open page, and for those whose sites are in view. */
  const updateLines = (): void => {
    const shownId = watchers.hasPage() ? shown()?.id : undefined;
    for (const { id } of memory.connections()) {
      const isInView = memory
        .sites()
        .some(({ origin, connectionId }) => connectionId === id && watchers.isSiteWatched(origin));
      accounts.of(id).liveLine.update(id === shownId || isInView);
    }
  };
  const onChanged = async (): Promise<void> => {
    updateLines();
    for (const { id } of memory.connections()) await accounts.of(id).refresher.ensureAlarm();
    await paint();
  };
  const pairer = createPairer(ports, memory, onChanged);
  const tryAgain = async (): Promise<void> => {
    const failed = memory
      .connections()
      .filter(({ id }) => isWorthAnotherTry(memory.account(id).snapshot(), system.nowMs()));
    await Promise.all(failed.map(({ id }) => accounts.of(id).refresher.refresh('asked')));
  };
  const refreshAll = async (): Promise<void> => {
    await Promise.all(memory.connections().map(({ id }) => accounts.of(id).refresher.refresh('opened')));
  };

  /** The popup that asked for a site may be gone by the time that the user allows it: the browser closes it. */
  const addWanted = async (): Promise<void> => {
    const wanted = memory.wantedSite();
    if (wanted === null || !(await permissions.hasSite(toSitePattern(wanted.origin)))) return;
    await memory.setWantedSite(null);
    const isConnected = memory.account(wanted.connectionId).connection() !== null;
    if (wanted.untilMs > system.nowMs() && isConnected) await sites.add(wanted.origin, wanted.connectionId);
  };

  /**
   * Runs after the stored data is read; an event that nobody waits for logs its failure. An alarm rings once, so no failure may
   * leave the browser without one: nothing else would wake the worker.
   */
  const onEvent = (run: () => Promise<void>): void => {
    const keepAlarms = async (): Promise<void> => {
      // Where not even the connections could be read, the alarm of none of them wakes the worker, which reads them again.
      const ids = memory.connections().map(({ id }) => id);
      for (const name of (ids.length === 0 ? [''] : ids).map(pollAlarmName)) {
        if (await alarms.isSet(name)) continue;
        await alarms.set(name, system.nowMs() + 2 * pollAfterSecondsMin * 1000);
      }
    };
    memory.ready.then(run).catch(async (error) => {
      options.onInternalError(error);
      await keepAlarms().catch(options.onInternalError);
    });
  };

  const parts = { memory, accounts, notifier, pairer, prompter, hints, sites, shown, onChanged };
  const answerCall = defineHandler({
    handlers: { ...createRpcHandlers(ports, parts), ...options.handlers },
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
  lifecycle.onStartup(() => onEvent(refreshAll));
  lifecycle.onOnline(() => onEvent(tryAgain));
  lifecycle.onCommand((command, windowId) => {
    // The browser opens a panel for a key only at once, before anything is read.
    if (command === 'history') return void tabs.openPanel(windowId).catch(options.onInternalError);
    onEvent(async () => {
      if (command === 'snooze') await prompter.snooze();
      const connection = shown();
      if (command === 'refresh' && connection !== null)
        await accounts.of(connection.id).refresher.refresh('asked');
    });
  });
  alarms.onAlarm((name) => {
    if (name === pairingAlarmName) onEvent(() => pairer.look());
    const connectionId = connectionOfAlarm(name);
    if (connectionId === null) return;
    onEvent(async () => {
      if (memory.account(connectionId).connection() !== null)
        await accounts.of(connectionId).refresher.refresh('alarm');
    });
  });
  permissions.onChanged(() =>
    onEvent(async () => {
      await addWanted();
      await sites.sync();
      await onChanged();
      await prompter.consider();
    }),
  );
  messaging.onWatcher((watcher) => {
    const onLooking = async (): Promise<void> => {
      updateLines();
      await paint();
    };
    watchers.add(watcher, () => onEvent(onLooking));
    onEvent(async () => {
      await onLooking();
      if (watcher.sender.kind === 'extension-page') return;
      const site = siteOf(memory.sites(), watcher.sender.origin);
      if (site === undefined) return;
      await accounts.of(site.connectionId).refresher.refresh('opened');
      await prompter.consider();
    });
  });
  webRequest.onCompleted(({ status, headers, origin }) =>
    onEvent(async () => {
      const site = siteOf(memory.sites(), origin);
      if (site === undefined || !isOutOfCreditsAnswer(status, headers)) return;
      // Nobody looks at a site whose tabs are all hidden; it asks when one comes into view.
      if (watchers.isSiteWatched(site.origin)) hints.hint(site.origin);
    }),
  );
  // Every wake first shows the known figures.
  onEvent(async () => {
    await onChanged();
    await Promise.all([tryAgain(), pairer.look()]);
  });

  return {
    async answer(body, sender) {
      await memory.ready;
      const isStranger =
        sender?.kind === 'content-script' && siteOf(memory.sites(), sender.origin) === undefined;
      return await answerCall(body, isStranger ? null : sender);
    },
  };
}
