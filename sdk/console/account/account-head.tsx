import type { Account } from '@usagekit/server/contract';
import { useState } from 'react';
import { Heading } from '../parts/heading.tsx';
import { Instant } from '../parts/instant.tsx';

export type AccountAction = 'grant' | 'adjust' | 'clock';

interface AccountHeadProps {
  account: Account;
  isTestMode: boolean;
  onAction: (action: AccountAction) => void;
}

/** The account's name, and the actions on it. */
export function AccountHead({ account, isTestMode, onAction }: AccountHeadProps) {
  return (
    <div className="head">
      <div className="head-name">
        <Heading title={account.name} />
        <p className="facts">
          <CopyId id={account.id} />
          <span className="pill">{account.planId}</span>
          <span>{account.kind}</span>
          <span>{account.timeZone}</span>
          <span>{account.currency}</span>
          <span>
            since <Instant at={account.createdAt} timeZone={account.timeZone} />
          </span>
        </p>
      </div>
      <div className="head-actions">
        <button type="button" className="button primary" onClick={() => onAction('grant')}>
          Grant credits
        </button>
        <button type="button" className="button" onClick={() => onAction('adjust')}>
          Adjust
        </button>
        {isTestMode && account.testClockId !== null && (
          <button type="button" className="button" onClick={() => onAction('clock')}>
            Move clock
          </button>
        )}
      </div>
    </div>
  );
}

function CopyId({ id }: { id: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard?.writeText(id).then(() => setCopied(true));
  };
  return (
    <button
      type="button"
      className="copy mono"
      title="Copy the id"
      onClick={copy}
      onBlur={() => setCopied(false)}
    >
      {id}
      <span role="status">{isCopied ? ' copied' : ''}</span>
    </button>
  );
}
