'use client';
import { useEffect, useRef, useState } from 'react';

export interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
}

const waitMs = 300;

/** A text to look for, told once nothing was typed for a moment. Renders an `input` of the type `search`. Reads nothing. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  // Changed from outside, as by the browser's Back or a button that clears all filters.
  if (shown !== value) {
    setShown(value);
    setTyped(value);
  }
  const tell = useRef(onChange);
  tell.current = onChange;
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => tell.current(typed), waitMs);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return (
    <input
      type="search"
      className="uk-select uk-task-search"
      aria-label={label}
      placeholder={label}
      maxLength={200}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') tell.current(typed);
      }}
    />
  );
}
