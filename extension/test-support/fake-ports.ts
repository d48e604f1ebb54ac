import type { RegisteredScript } from '../src/chrome/ports/scripting-port.ts';
import type { SocketListener } from '../src/chrome/ports/socket-port.ts';
import type { HeardArea } from '../src/chrome/ports/storage-port.ts';
import type { Ports } from '../src/chrome/ports.ts';
import type { Notice } from '../src/core/account/notices.ts';
import type { Badge } from '../src/core/badge/badge.ts';
import type { ContentMessage, Sender } from '../src/core/rpc/rpc.ts';
import type { ResponseHeader } from '../src/core/server/rate-limit.ts';

/** A socket that the background has opened, seen from the server's end. */
export interface FakeSocket {
  url: string;
  protocols: string[];
  sent: string[];
  isClosed: boolean;
  /** Sends a message to the extension. */
  say(message: unknown): void;
  /** Ends the line from the server's side. */
  end(code: number): void;
}

export type FakeFetch = (request: Request) => Response | Promise<Response>;

export interface FakeBrowser {
  ports: Ports;
  /**
   * Replaces the server. One that is `awaited` works in a time of its own, as a real server does: the clock stands still until
   * it has answered, so that no time limit passes before an answer on a slow machine. Default: not awaited.
   */
  serve(fetch: FakeFetch, options?: { awaited: boolean }): void;
  /** What was asked, in order. */
  requests: Request[];
  badge(): Badge | undefined;
  sockets: FakeSocket[];
  alarms: Map<string, number>;
  local: Map<string, unknown>;
  session: Map<string, unknown>;
  /** What was written to `local` before it was locked. */
  writtenUnlocked: string[];
  scripts: RegisteredScript[];
  granted: Set<string>;
  openedTabs: string[];
  /** The window in view. */
  windowId: number;
  /** Windows whose side panel was opened. */
  openedPanels: (number | undefined)[];
  /** Scripts that were run in a tab by themselves. */
  ranInTabs: { tabId: number; file: string }[];
  /** Notifications that were shown, in order. */
  notices: Notice[];
  pressNotice(id: string): void;
  /** What content scripts were told, and how they answer. */
  told: { tabId: number; message: ContentMessage }[];
  answerInTab(answer: (message: ContentMessage) => unknown): void;
  nowMs(): number;
  /** Moves the clock, running timers and alarms that fall due, in order. */
  advance(ms: number): Promise<void>;
  /** Lets everything that is under way come to rest. */
  settle(): Promise<void>;
  install(): void;
  /** Presses a key of the manifest's commands. */
  pressKey(command: string): void;
  /** Tells that the machine has a network again. */
  goOnline(): void;
  watch(sender: Sender): () => void;
  completeRequest(request: { status: number; headers: ResponseHeader[]; origin: string }): void;
  changePermissions(): void;
}

interface Timer {
  atMs: number;
  run(): void;
}

/** A browser without a browser: every port in memory, with a clock that stands still until it is moved. */
export function createFakeBrowser(startMs = Date.UTC(2026, 10, 20, 8)): FakeBrowser {
  let nowMs = startMs;
  let badge: Badge | undefined;
  let fetch: FakeFetch = () => Promise.reject(new TypeError('Failed to fetch'));
  const awaited = new Set<Promise<Response>>();
  let answerInTab: (message: ContentMessage) => unknown = () => null;
  let isLocked = false;
  const timers = new Set<Timer>();
  const alarms = new Map<string, number>();
  const local = new Map<string, unknown>();
  const session = new Map<string, unknown>();
  const listeners = {
    alarm: [] as ((name: string) => void)[],
    installed: [] as (() => void)[],
    online: [] as (() => void)[],
    notice: [] as ((id: string) => void)[],
    command: [] as ((command: string, windowId: number | undefined) => void)[],
    watcher: [] as Parameters<Ports['messaging']['onWatcher']>[0][],
    completed: [] as Parameters<Ports['webRequest']['onCompleted']>[0][],
    permissions: [] as (() => void)[],
  };
  const fake: Omit<FakeBrowser, 'ports'> = {
    serve: (next, options) => {
      if (!options?.awaited) {
        fetch = next;
        return;
      }
      fetch = (request) => {
        const answer = Promise.resolve(next(request)).finally(() => awaited.delete(answer));
        awaited.add(answer);
        return answer;
      };
    },
    requests: [],
    badge: () => badge,
    sockets: [],
    alarms,
    local,
    session,
    writtenUnlocked: [],
    scripts: [],
    granted: new Set(),
    openedTabs: [],
    windowId: 3,
    openedPanels: [],
    ranInTabs: [],
    notices: [],
    pressNotice: (id) => {
      for (const listener of listeners.notice) listener(id);
    },
    told: [],
    answerInTab: (next) => {
      answerInTab = next;
    },
    nowMs: () => nowMs,
    settle: comeToRest,
    async advance(ms) {
      // What was set off before must have set its timers before the clock moves.
      await comeToRest();
      const untilMs = nowMs + ms;
      for (let due = nextDue(untilMs); due !== null; due = nextDue(untilMs)) {
        nowMs = Math.max(nowMs, due.atMs);
        due.run();
        await comeToRest();
      }
      nowMs = untilMs;
      await comeToRest();
    },
    install: () => {
      for (const listener of listeners.installed) listener();
    },
    pressKey: (command) => {
      for (const listener of listeners.command) listener(command, fake.windowId);
    },
    goOnline: () => {
      for (const listener of listeners.online) listener();
    },
    watch(sender) {
      const closed: (() => void)[] = [];
      for (const listener of listeners.watcher) {
        listener({ sender, onClosed: (onClosed) => closed.push(onClosed) });
      }
      return () => {
        for (const close of closed) close();
      };
    },
    completeRequest: (request) => {
      for (const listener of listeners.completed) listener(request);
    },
    changePermissions: () => {
      for (const listener of listeners.permissions) listener();
    },
  };

  async function comeToRest(): Promise<void> {
    await settle();
    while (awaited.size > 0) {
      await Promise.allSettled([...awaited]);
      await settle();
    }
  }

  function nextDue(untilMs: number): Timer | null {
    const ringing = [...alarms].map(([name, atMs]) => ({
      atMs,
      run() {
        alarms.delete(name);
        for (const listener of listeners.alarm) listener(name);
      },
    }));
    const waiting = [...timers].map((timer) => ({
      atMs: timer.atMs,
      run() {
        timers.delete(timer);
        timer.run();
      },
    }));
    const due = [...ringing, ...waiting]
      .filter(({ atMs }) => atMs <= untilMs)
      .sort((a, b) => a.atMs - b.atMs);
    return due[0] ?? null;
  }

  const ports: Ports = {
    action: {
      async paint(next) {
        badge = next;
      },
    },
    alarms: {
      async set(name, atMs) {
        alarms.set(name, atMs);
      },
      async clear(name) {
        alarms.delete(name);
      },
      isSet: async (name) => alarms.has(name),
      onAlarm: (listener) => listeners.alarm.push(listener),
    },
    lifecycle: {
      onInstalled: (listener) => listeners.installed.push(listener),
      onStartup: () => undefined,
      onOnline: (listener) => listeners.online.push(listener),
      onCommand: (listener) => listeners.command.push(listener),
    },
    messaging: {
      onWatcher: (listener) => listeners.watcher.push(listener),
      async askTab(tabId, message) {
        fake.told.push({ tabId, message });
        return await answerInTab(message);
      },
    },
    notifications: {
      request: async () => true,
      async show(notice) {
        fake.notices.push(notice);
      },
      onPressed: (listener) => listeners.notice.push(listener),
    },
    permissions: {
      requestSite: async (pattern) => fake.granted.has(pattern),
      hasSite: async (pattern) => fake.granted.has(pattern),
      async removeSite(pattern) {
        fake.granted.delete(pattern);
      },
      onChanged: (listener) => listeners.permissions.push(listener),
    },
    scripting: {
      registered: async () => fake.scripts,
      async register(script) {
        fake.scripts = [...fake.scripts, script];
      },
      async unregister(ids) {
        fake.scripts = fake.scripts.filter(({ id }) => !ids.includes(id));
      },
      async runInTab(tabId, file) {
        fake.ranInTabs.push({ tabId, file });
      },
      runInOpenTabs: async () => undefined,
    },
    socket: {
      open(url, protocols, listener: SocketListener) {
        const socket: FakeSocket = {
          url,
          protocols,
          sent: [],
          isClosed: false,
          say: (message) => listener.onMessage(JSON.stringify(message)),
          end(code) {
            socket.isClosed = true;
            listener.onClose(code);
          },
        };
        fake.sockets.push(socket);
        queueMicrotask(() => listener.onOpen());
        return {
          send: (text) => socket.sent.push(text),
          close: () => {
            socket.isClosed = true;
          },
        };
      },
    },
    storage: {
      local: toArea(local, (key) => {
        if (!isLocked) fake.writtenUnlocked.push(key);
      }),
      session: toArea(session, () => undefined),
      async lockLocal() {
        isLocked = true;
      },
    },
    system: {
      nowMs: () => nowMs,
      wait(delayMs, run) {
        const timer = { atMs: nowMs + delayMs, run };
        timers.add(timer);
        return () => timers.delete(timer);
      },
      random: () => 0,
      async fetch(url, init) {
        const { signal, ...rest } = init;
        const request = new Request(url, rest);
        fake.requests.push(request);
        const aborted = new Promise<never>((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
        });
        return await Promise.race([fetch(request), aborted]);
      },
      format: () => ({ locale: 'en', timeZone: 'UTC' }),
      hour: () => new Date(nowMs).getUTCHours(),
      browserName: () => 'Chrome on Linux',
    },
    tabs: {
      async open(url) {
        fake.openedTabs.push(url);
      },
      async openPanel(windowId) {
        fake.openedPanels.push(windowId);
      },
    },
    webRequest: { onCompleted: (listener) => listeners.completed.push(listener) },
  };
  return Object.assign(fake, { ports });
}

function toArea(values: Map<string, unknown>, onWrite: (key: string) => void): HeardArea {
  const listeners = new Set<{ key: string; listener: (value: unknown) => void }>();
  const tell = (key: string, value: unknown): void => {
    for (const known of listeners) if (known.key === key) known.listener(value);
  };
  return {
    get: async (key) => structuredClone(values.get(key)),
    async set(key, value) {
      onWrite(key);
      values.set(key, structuredClone(value));
      tell(key, structuredClone(value));
    },
    async remove(key) {
      values.delete(key);
      tell(key, undefined);
    },
    onChanged(key, listener) {
      const known = { key, listener };
      listeners.add(known);
      return () => listeners.delete(known);
    },
  };
}

/** A turn of the event loop lets every promise that can settle do so; bodies of responses take a few. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) {
    const { port1, port2 } = new MessageChannel();
    await new Promise<void>((resolve) => {
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    });
    port1.close();
  }
}
