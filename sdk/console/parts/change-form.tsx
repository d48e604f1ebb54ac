import { newIdempotencyKey } from '@usagekit/react';
import { type ReactNode, type SyntheticEvent, useRef, useState } from 'react';
import { wordsOf } from './states.tsx';

interface ChangeFormProps {
  /** The button's label, such as `Grant 500 credits`. */
  action: string;
  kind?: 'plain' | 'danger';
  /** Why it cannot be sent yet; the button stays and says so. */
  missing?: string | undefined;
  /** One opening of the form is one change: sent again it has the same key, and nothing is done twice. */
  send: (idempotencyKey: string) => Promise<unknown>;
  onDone: () => void;
  onCancel: () => void;
  children: ReactNode;
}

/** Fields, and the one button that sends them. */
export function ChangeForm({
  action,
  kind = 'plain',
  missing,
  send,
  onDone,
  onCancel,
  children,
}: ChangeFormProps) {
  const key = useRef<string>(undefined);
  key.current ??= newIdempotencyKey();
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (isSending) return;
    if (missing !== undefined) {
      setProblem(missing);
      return;
    }
    setSending(true);
    setProblem(undefined);
    try {
      await send(key.current ?? newIdempotencyKey());
      onDone();
    } catch (error) {
      // A refused change had no effect, so the next change gets a new key.
      if (isRefusal(error)) key.current = newIdempotencyKey();
      setProblem(wordsOf(error));
      setSending(false);
    }
  };
  return (
    <form className="change" onSubmit={submit} noValidate>
      {children}
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <div className="change-end">
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
        <button
          type="submit"
          className={kind === 'danger' ? 'button danger' : 'button primary'}
          aria-disabled={isSending}
        >
          {isSending ? 'Sending…' : action}
        </button>
      </div>
    </form>
  );
}

function isRefusal(error: unknown): boolean {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 0;
  return status >= 400 && status < 500;
}
