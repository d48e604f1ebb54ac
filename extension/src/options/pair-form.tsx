import { type SubmitEvent, useState } from 'react';
import { callBackground } from '../chrome/call-background.ts';
import type { PairingView } from '../core/connection/pairing.ts';
import { RpcError } from '../core/rpc/rpc.ts';
import { readWords } from '../pages/read-words.ts';
import { TextField } from './text-field.tsx';

export interface PairFormProps {
  pairing: PairingView | null;
  hasAccount: boolean;
}

/** Connects a product by its server's address; the product's own page asks whether it may. */
export function PairForm({ pairing, hasAccount }: PairFormProps) {
  const { connect: words } = readWords();
  const [serverUrl, setServerUrl] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isAsking, setIsAsking] = useState(false);

  const pair = async (): Promise<void> => {
    setIsAsking(true);
    setProblem(undefined);
    try {
      await callBackground('pair', { serverUrl });
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      setProblem(error.message);
    } finally {
      setIsAsking(false);
    }
  };
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!isAsking) pair().catch(reportError);
  };

  if (pairing?.status === 'waiting') {
    return (
      <div className="card form" role="status">
        <p className="strong">
          {words.waitingFor(pairing.host)} <span className="code">{pairing.userCode}</span>
        </p>
        <p className="muted">{words.sameCode}</p>
        <div>
          <button
            type="button"
            className="button"
            onClick={() => callBackground('cancelPairing', null).catch(reportError)}
          >
            {words.cancel}
          </button>
        </div>
      </div>
    );
  }
  return (
    <form className="card form" onSubmit={onSubmit} noValidate>
      <p className="muted">{hasAccount ? words.another : words.first}</p>
      <div className="add-site">
        <TextField
          id="pairServerUrl"
          label={words.serverOfProduct}
          value={serverUrl}
          onChange={setServerUrl}
          placeholder="usage.example.com"
          problem={problem ?? (pairing?.status === 'failed' ? pairing.message : undefined)}
          inputMode="url"
        />
        <button type="submit" className="button" data-kind="primary" disabled={isAsking}>
          {isAsking ? words.asking : words.connect}
        </button>
      </div>
    </form>
  );
}
