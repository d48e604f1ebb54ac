import { useEffect, useRef } from 'react';
import { callBackground } from '../chrome/call-background.ts';
import { type AccountView, RpcError } from '../core/rpc/rpc.ts';

/** The big figures are live without them, so that a busy account need not be asked more often. */
const detailsIntervalMs = 1000;

/**
 * Makes the background request credits and usage on opening, and afterwards those that are older than the summary: messages of the live
 * line carry them where they have moved. The answers arrive with the state. One request of each runs at a time, at most one per
 * second; changes in between are requested after it.
 * @param account The shown account; undefined if none is connected.
 */
export function useAccountDetails(account: AccountView | undefined): void {
  const connectionId = account?.connection.id ?? null;
  const version = account?.snapshot.summary?.version ?? null;
  const shown = useRef(account);
  shown.current = account;
  const openedFor = useRef<string | null>(null);
  const isWanted = useRef(false);
  const isAsking = useRef(false);

  useEffect(() => {
    if (connectionId === null || version === null) return;
    isWanted.current = true;
    if (isAsking.current) return;
    isAsking.current = true;
    const missing = (): Detail[] => {
      const isOpened = openedFor.current === shown.current?.connection.id;
      openedFor.current = shown.current?.connection.id ?? null;
      return isOpened ? details.filter((name) => shown.current?.snapshot.isCurrent[name] === false) : details;
    };
    const askWhileWanted = async (): Promise<void> => {
      while (isWanted.current) {
        isWanted.current = false;
        const names = missing();
        if (names.length === 0) continue;
        await Promise.all(names.map(askQuietly));
        await new Promise((resolve) => setTimeout(resolve, detailsIntervalMs));
      }
      isAsking.current = false;
    };
    void askWhileWanted();
  }, [connectionId, version]);
}

type Detail = 'credits' | 'usage';

const details: Detail[] = ['credits', 'usage'];

/** These add detail to the summary; where the role may not see them or they fail, the summary stands alone. */
async function askQuietly(method: Detail): Promise<void> {
  try {
    await callBackground(method, null);
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
  }
}
