import type { ReactNode } from 'react';

/** Something is on its way and nothing older is there to be shown. */
export function Loading({ what }: { what: string }) {
  return (
    <div className="state" role="status">
      <span className="hidden">Loading {what}</span>
      <span className="skeleton" aria-hidden="true" />
      <span className="skeleton" aria-hidden="true" />
      <span className="skeleton short" aria-hidden="true" />
    </div>
  );
}

/** There is nothing; what will stand here and how it comes. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="state empty">
      <p className="state-title">{title}</p>
      {children && <p>{children}</p>}
    </div>
  );
}

export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <div className="state failed" role="alert">
      <p className="state-title">That did not load</p>
      <p>{wordsOf(error)}</p>
      <button type="button" className="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
