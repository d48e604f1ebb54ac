import { useState } from 'react';
import { callBackground } from '../chrome/call-background.ts';
import type { Snapshot } from '../core/account/snapshot.ts';
import { isFinal } from '../core/badge/badge-state.ts';
import type { ConnectionView } from '../core/connection/connection.ts';
import { formatInstant, formatWithUnit, type ReaderFormat } from '../core/reader-format.ts';
import { Icon } from '../pages/icon.tsx';
import { wordsOf } from '../words/words-of.ts';

export interface ConnectionCardProps {
  connection: ConnectionView;
  snapshot: Snapshot;
  format: ReaderFormat;
  onRetry(): void;
}

/** The connected account, and the way to disconnect. */
export function ConnectionCard({ connection, snapshot, format, onRetry }: ConnectionCardProps) {
  const [isDisconnecting, setIsDisconnecting] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { summary, failure } = snapshot;
  const { settings: words, popup } = wordsOf(format);

  const disconnect = async (): Promise<void> => {
    setIsDisconnecting(true);
    try {
      await callBackground('disconnect', { connectionId: connection.id });
    } finally {
      setIsDisconnecting(false);
    }
  };

  return (
    <div className="card">
      <div className="row">
        <div>
          <p className="strong">{summary?.accountName ?? connection.accountName}</p>
          <p className="small muted">{new URL(connection.serverUrl).host}</p>
        </div>
        <p className="small standing" data-good={failure === null || undefined} role="status">
          {failure === null ? (
            <>
              <Icon name="check" /> {words.connected}
            </>
          ) : (
            failure.message
          )}
        </p>
      </div>
      <dl className="facts">
        {summary?.planName && (
          <div>
            <dt>{words.plan}</dt>
            <dd>{summary.planName}</dd>
          </div>
        )}
        {summary?.credits && (
          <div>
            <dt>{words.available}</dt>
            <dd>{formatWithUnit(summary.credits.available, summary.creditLabel, format)}</dd>
          </div>
        )}
        <div>
          <dt>{words.connectedAt}</dt>
          <dd>{formatInstant(connection.connectedAtMs, format)}</dd>
        </div>
      </dl>
      <div className="actions">
        {failure !== null && isFinal(failure) && (
          <button
            type="button"
            className="button"
            data-kind="primary"
            onClick={() =>
              callBackground('pair', { serverUrl: connection.serverUrl }).catch((error: Error) =>
                setProblem(error.message),
              )
            }
          >
            {popup.connectAgain}
          </button>
        )}
        {failure !== null && !isFinal(failure) && (
          <button type="button" className="button" onClick={onRetry}>
            {popup.tryAgain}
          </button>
        )}
        <button
          type="button"
          className="button"
          disabled={isDisconnecting}
          onClick={() => disconnect().catch(reportError)}
        >
          {words.disconnect}
        </button>
      </div>
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
