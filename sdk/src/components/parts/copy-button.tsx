'use client';
import { useEffect, useState } from 'react';
import { Button } from './button.tsx';
import { copyIcon } from './copy-icon.ts';
import { Icon } from './icon.tsx';
import { checkIcon } from './icons.ts';

export interface CopyButtonProps {
  /** What is copied. */
  text: string;
  label: string;
  /** What is said once it is copied. */
  done: string;
}

/** Puts a text on the clipboard and says so. Renders a `button` beside a live region. Reads nothing. */
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
      // The text stands beside the button, and can be marked and copied by hand.
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
