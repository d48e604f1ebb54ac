'use client';
import type { View } from '@usagekit/server/contract';
import { type ReactNode, useState } from 'react';
import type { FirstAnswers } from '../client/read-first-answers.ts';
import { useSessionStore } from '../hooks/base/use-session-store.ts';
import { createEntry, keyOf, type Snapshot } from './resource-cache.ts';
import type { SessionStore } from './session-store.ts';

export interface WithFirstAnswersProps {
  /** What `readFirstAnswers` read on the server that renders the page. Answers of another session are not shown. */
  answers: FirstAnswers | undefined;
  /** What is shown inside. */
  children?: ReactNode;
}

/**
 * Lets the widgets in it show at once what a server read for the page, on the server and in the browser, until the newest answers
 * are there. Stands in a `UsageKitProvider`. Renders its children, and nothing of its own.
 */
export function WithFirstAnswers({ answers, children }: WithFirstAnswersProps) {
  const store = useSessionStore({});
  // Once, and before the children read it: who signs out and in again is shown nothing of before.
  useState(() => {
    if (store && answers && isOf(store, answers)) seed(store, answers);
  });
  return <>{children}</>;
}

function isOf({ session }: SessionStore, { accountId, memberId }: FirstAnswers): boolean {
  return session.accountId === accountId && session.memberId === memberId;
}

/** They have not been loaded here, so that they are loaded as soon as they are shown. */
function seed(store: SessionStore, { answers }: FirstAnswers): void {
  const snapshots = new Map<string, Snapshot<unknown>>();
  const { entries } = store.cache.kept;
  for (const [name, data] of Object.entries(answers) as [View, unknown][]) {
    const key = keyOf(name, undefined);
    const snapshot = { data, error: undefined };
    snapshots.set(key, snapshot);
    if (!entries.has(key)) entries.set(key, { ...createEntry(name, key), snapshot });
  }
  store.first = (name, parameters) => snapshots.get(keyOf(name, parameters));
}
