'use client';
import type { UsageKitError } from '../../client/usagekit-error.ts';
import { useSlots } from '../parts/as-widget.tsx';
import { useTrouble } from './use-trouble.ts';

export interface ErrorStateProps {
  /** The name of the missing content, as it reads within a sentence: 'credit balance'. */
  what: string;
  error?: UsageKitError | undefined;
  onRetry: () => Promise<void> | void;
}

/** Says what failed and offers to try again. Renders a `div` with the role `alert`. Reads the messages. */
export function ErrorState(props: ErrorStateProps) {
  const trouble = useTrouble();
  const { error: HostError } = useSlots();
  if (HostError) return <HostError retry={async () => props.onRetry()} />;
  return trouble && <trouble.Failure {...props} />;
}

/**
 * Says that the caller is signed out, or that the role does not include this and who can help. Renders a `div`. Reads the
 * messages.
 */
export function NotPermittedState(props: Pick<ErrorStateProps, 'what' | 'error'>) {
  const trouble = useTrouble();
  return trouble && <trouble.NotPermitted {...props} />;
}
