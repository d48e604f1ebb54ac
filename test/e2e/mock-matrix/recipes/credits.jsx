import { useCreditBalance } from '@usagekit/react';

/** A host's own component, which the recipes test. */
export function Credits() {
  const { status, data, refresh } = useCreditBalance();
  if (status === 'loading') return <p>Loading</p>;
  if (data === undefined)
    return (
      <button type="button" onClick={refresh}>
        Try again
      </button>
    );
  return <p>{`${data.available} credits${status === 'stale' ? ', as of before' : ''}`}</p>;
}
