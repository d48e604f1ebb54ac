import { type ReactNode, useEffect, useRef } from 'react';

export interface TypedProps {
  /** What stands in the first field; nothing is typed where it is undefined. */
  text: string | undefined;
  className: string;
  children: ReactNode;
}

/** Types into the first field of a form, as a person would, since a form holds by itself what is typed. Renders a `div`. */
export function Typed({ text, className, children }: TypedProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const field = box.current?.querySelector('input');
    if (!field || text === undefined) return;
    // React hears of a value only where it was not set by the property that React itself watches.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, [text]);
  return (
    <div ref={box} className={className}>
      {children}
    </div>
  );
}
