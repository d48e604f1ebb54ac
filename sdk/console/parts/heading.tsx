import { type ReactNode, useEffect, useRef } from 'react';

interface HeadingProps {
  /** Its words, for the window's title too. */
  title: string;
  children?: ReactNode;
}

/** The page's first heading. It names the window, and it takes the focus where its page was waited for. */
export function Heading({ title, children }: HeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement?.id === 'main') heading.current?.focus();
  }, []);
  useEffect(() => {
    document.title = `${title} · UsageKit console`;
  }, [title]);
  return (
    <h1 ref={heading} tabIndex={-1} dir="auto">
      {children ?? title}
    </h1>
  );
}
