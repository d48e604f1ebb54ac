'use client';
import type { Pairing } from '@usagekit/server/contract';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { decidePairing, readPairing } from '../../client/pairings/browsers.ts';
import type { UsageKitError } from '../../client/usagekit-error.ts';
import { deriveResource, type Resource } from '../base/resource.ts';
import { type AccountOptions, useSessionStore } from '../base/use-session-store.ts';

/** What a person decides about a browser. */
export type PairingDecision = 'approve' | 'deny';

/** A browser that asks to be connected, and the decision about it. */
export interface PairingFlow {
  /** The browser that asks. `error` with the code `not_found` where the code is wrong or its ten minutes are over. */
  resource: Resource<Pairing>;
  /** The decision that is on its way. */
  deciding: PairingDecision | undefined;
  /** Why the last decision was not taken. */
  decisionError: UsageKitError | undefined;
  /** Connects or refuses. Does nothing while a decision is on its way. Never rejects. */
  decide(decision: PairingDecision): Promise<void>;
}

interface State {
  /** The code and session of the state, so that nothing of another one is shown. */
  of: object | null;
  data?: Pairing;
  error?: UsageKitError;
  deciding?: PairingDecision;
  decisionError?: UsageKitError;
}

const atRest: State = { of: null };

/** When the list of browsers is read again after an approval: the browser stands there once its extension has asked for its token. */
const listedAfterMs = [0, 2_000, 5_000, 10_000, 20_000, 40_000] as const;

/** Asks about the browser with this code, and connects or refuses it as the member who is signed in. */
export function usePairing(userCode: string, options: AccountOptions = {}): PairingFlow {
  const store = useSessionStore(options);
  const [state, setState] = useState(atRest);
  const isBusy = useRef(false);
  const asked = useMemo(() => store && { store, userCode }, [store, userCode]);

  const refresh = useCallback(async () => {
    if (!asked) return;
    try {
      setState({ of: asked, data: await readPairing(asked.store.client, asked.userCode) });
    } catch (error) {
      setState({ of: asked, error: error as UsageKitError });
    }
  }, [asked]);
  useEffect(() => void refresh(), [refresh]);

  const decide = useCallback(
    async (deciding: PairingDecision) => {
      if (!asked || isBusy.current) return;
      isBusy.current = true;
      setState(({ data }) => ({ of: asked, ...(data && { data }), deciding }));
      try {
        setState({ of: asked, data: await decidePairing(asked.store.client, asked.userCode, deciding) });
      } catch (error) {
        setState(({ data }) => ({ of: asked, ...(data && { data }), decisionError: error as UsageKitError }));
      } finally {
        isBusy.current = false;
      }
    },
    [asked],
  );

  const shown = state.of === asked ? state : atRest;
  const isApproved = shown.data?.status === 'approved';
  useEffect(() => {
    if (!asked || !isApproved) return;
    const readList = () => void asked.store.refresh(new Set(['connectedBrowsers']));
    const timers = listedAfterMs.map((ms) => setTimeout(readList, ms));
    return () => timers.forEach(clearTimeout);
  }, [asked, isApproved]);
  return useMemo(
    () => ({
      resource: deriveResource({ data: shown.data, error: shown.error, refresh }),
      deciding: shown.deciding,
      decisionError: shown.decisionError,
      decide,
    }),
    [shown, refresh, decide],
  );
}
