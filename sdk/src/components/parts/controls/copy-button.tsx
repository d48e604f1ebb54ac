'use client';
import { useEffect, useState } from 'react';
import { copyIcon } from '../icons/copy-icon.ts';
import { Icon } from '../icons/icon.tsx';
import { checkIcon } from '../icons/state-icons.ts';
import { Button } from './button.tsx';

export interface CopyButtonProps {
  /** The text to copy. */
  text: string;
  label: string;
  /** The announcement after copying. */
  done: string;
}

/** Copies a text to the clipboard and says so. Renders a `button` and a live region. Reads nothing. */
export function CopyButton({ text, label, done }: CopyButtonProps) {
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    if (!isDone) return;
    const timer = setTimeout(() => setDone(false), 2_000);
    return () => clearTimeout(timer);
  }, [isDone]);
  const copy = () =>
    navigator.clipboard?.writeText(text).then(
      () => setDone(true),
      // The text next to the button can be selected and copied by hand.
      () => undefined,
    );
  return (
    <>
      <Button kind="quiet" className="uk-button-icon uk-copy" aria-label={label} title={label} onClick={copy}>
        <Icon drawing={isDone ? checkIcon : copyIcon} />
      </Button>
      <span className="uk-caption" role="status">
        {isDone && done}
      </span>
    </>
  );
}
