import { type ReactNode, useEffect, useRef, useState } from 'react';

interface WideRegionProps {
  label: string;
  children: ReactNode;
}

/** What may be wider than the window and then scrolls by itself; the keyboard reaches it where it does. */
export function WideRegion({ label, children }: WideRegionProps) {
  const region = useRef<HTMLDivElement>(null);
  const [isWide, setWide] = useState(false);
  useEffect(() => {
    const { current } = region;
    if (current === null) return;
    const watching = new ResizeObserver(() => setWide(current.scrollWidth > current.clientWidth));
    for (const element of [current, ...current.children]) watching.observe(element);
    return () => watching.disconnect();
  }, []);
  return (
    <div
      ref={region}
      className="wide-region"
      {...(isWide && { role: 'group', 'aria-label': label, tabIndex: 0 })}
    >
      {children}
    </div>
  );
}
