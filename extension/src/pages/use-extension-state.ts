import { useCallback, useEffect, useState } from 'react';
import { callBackground } from '../chrome/call-background.ts';
import { createChromeStorage } from '../chrome/ports/storage-port.ts';
import type { ExtensionState } from '../core/rpc/rpc.ts';
import { stateKey, takeFirstState } from './first-state.ts';

export interface LiveExtensionState {
  /** Undefined until the first read, which takes a few milliseconds and no worker. */
  state: ExtensionState | undefined;
  isRefreshing: boolean;
  /** Asks the server; a failure becomes part of the state. */
  refresh(): Promise<void>;
}

/** The extension's state, painted from the last snapshot at once and updated while the page is open. */
export function useExtensionState(): LiveExtensionState {
  const [state, setState] = useState(takeFirstState);
  const [isRefreshing, setIsRefreshing] = useState(false);

  const ask = useCallback(async (cause: 'opened' | 'asked') => {
    setIsRefreshing(true);
    try {
      setState(await callBackground('summary', { cause }));
    } finally {
      setIsRefreshing(false);
    }
  }, []);

  useEffect(() => {
    const { session } = createChromeStorage();
    const stop = session.onChanged(stateKey, (value) => {
      if (value !== undefined) setState(value as ExtensionState);
    });
    session.get(stateKey).then((value) => {
      if (value !== undefined) setState((known) => known ?? (value as ExtensionState));
    }, reportError);
    ask('opened').catch(reportError);
    return stop;
  }, [ask]);

  const refresh = useCallback(() => ask('asked').catch(reportError), [ask]);
  return { state, isRefreshing, refresh };
}
