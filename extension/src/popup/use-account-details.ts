import { useEffect, useRef } from 'react';
import { callBackground } from '../chrome/call-background.ts';
import { RpcError } from '../core/rpc.ts';

/** The big figures are live without them, so that a busy account need not be asked more often. */
const detailsIntervalMs = 1000;

/**
 * Makes the background request credits and usage, on opening and after each change of the account; the answers arrive with the
 * state. One request runs at a time, at most one per second; changes in between are requested after it.
 * @param connectionId of the shown account; null if none is connected.
 * @param version of the account in the last answer.
 */
export function useAccountDetails(connectionId: string | null, version: number | null): void {
  const wanted = useRef<string | null>(null);
  const isAsking = useRef(false);

  useEffect(() => {
    if (connectionId === null || version === null) return;
    wanted.current = `${connectionId} ${version}`;
    if (isAsking.current) return;
    isAsking.current = true;
    const askWhileWanted = async (): Promise<void> => {
      while (wanted.current !== null) {
        wanted.current = null;
        await Promise.all([askQuietly('credits'), askQuietly('usage')]);
        await new Promise((resolve) => setTimeout(resolve, detailsIntervalMs));
      }
      isAsking.current = false;
    };
    void askWhileWanted();
  }, [connectionId, version]);
}

/** These add detail to the summary; where the role may not see them or they fail, the summary stands alone. */
async function askQuietly(method: 'credits' | 'usage'): Promise<void> {
  try {
    await callBackground(method, null);
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
  }
}
