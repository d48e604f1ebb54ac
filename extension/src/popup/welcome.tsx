import { useState } from 'react';
import { callBackground } from '../chrome/call-background.ts';
import type { PairingView } from '../core/connection/pairing.ts';
import { RpcError } from '../core/rpc/rpc.ts';
import { readWords } from '../pages/read-words.ts';
import type { OfferedPage } from './use-discovered-page.ts';

export interface WelcomeProps {
  /** Undefined until the page was looked at. */
  page: OfferedPage | undefined;
  pairing: PairingView | null;
}

/** Shown while no account is connected; connects the product of the page in view with one press. */
export function Welcome({ page, pairing }: WelcomeProps) {
  const { connect: words } = readWords();
  return (
    <main className="popup popup-welcome" data-badge-state="unpaired">
      <h1 className="popup-account">{words.title}</h1>
      <p className="muted">{words.intro}</p>
      <ConnectOffer page={page} pairing={pairing} />
    </main>
  );
}

/** Connects the product of the page in view, or leads to the settings where the page names none. */
export function ConnectOffer({ page, pairing }: WelcomeProps) {
  const { connect: words } = readWords();
  const [problem, setProblem] = useState<string>();
  const [isAsking, setIsAsking] = useState(false);
  if (pairing?.status === 'waiting') return <WaitingPairing pairing={pairing} />;

  const serverUrl = page?.serverUrl ?? null;
  const pair = async (url: string): Promise<void> => {
    setIsAsking(true);
    setProblem(undefined);
    try {
      await callBackground('pair', { serverUrl: url });
      window.close();
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      setProblem(error.message);
    } finally {
      setIsAsking(false);
    }
  };
  const failed = problem ?? (pairing?.status === 'failed' ? pairing.message : undefined);
  return (
    <>
      {failed !== undefined && (
        <p className="problem small" role="alert">
          {failed}
        </p>
      )}
      {serverUrl === null ? (
        <button
          type="button"
          className="button"
          data-kind="primary"
          disabled={page === undefined}
          onClick={() => void chrome.runtime.openOptionsPage()}
        >
          {words.connect}
        </button>
      ) : (
        <button
          type="button"
          className="button"
          data-kind="primary"
          disabled={isAsking}
          onClick={() => pair(serverUrl).catch(reportError)}
        >
          {isAsking ? words.connecting : words.connectTo(new URL(serverUrl).host)}
        </button>
      )}
    </>
  );
}

/** The code that the product's page must show too. */
function WaitingPairing({ pairing }: { pairing: Extract<PairingView, { status: 'waiting' }> }) {
  const { connect: words } = readWords();
  return (
    <div className="notice" role="status">
      <p className="notice-title">
        {words.waitingFor(pairing.host)} <span className="popup-code">{pairing.userCode}</span>
      </p>
      <p className="notice-text small">{words.sameCode}</p>
      <button
        type="button"
        className="button"
        data-kind="quiet"
        onClick={() => callBackground('cancelPairing', null).catch(reportError)}
      >
        {words.cancel}
      </button>
    </div>
  );
}
