'use client';
import { useRef, useState } from 'react';

/** How a host keeps what a widget shows: in the page's address, in its own state, or not at all. */
export interface ViewProps<View> {
  /** The view, if the host keeps it. */
  value?: View | undefined;
  /** Called with the next view. */
  onChange?: ((view: View) => void) | undefined;
  /**
   * Prefix of the view's fields in the page's address; `false` keeps the view out of the address. Two widgets of one kind on a
   * page need different prefixes.
   */
  address?: string | false | undefined;
}

/** The component that keeps a view in the page's address, and its props. */
export interface ViewInAddressProps<View> {
  /** With its dot. */
  prefix: string;
  initial: View;
  view: View;
  /** Whether the browser's Back takes the last change back. */
  isStep(): boolean;
  /** Called with the view that the address names, and with the present one where it names none. */
  onRead(view: View): void;
}

export interface ShownView<View> {
  view: View;
  /** @param isStep whether the browser's Back takes it back, as it closes a drawer */
  show(next: View, isStep?: boolean): void;
  /** False while the address names a view that was not read yet; nothing is worth loading until then. */
  isRead: boolean;
  /** For the component that keeps the view in the address; undefined where nothing is kept there. */
  inAddress: ViewInAddressProps<View> | undefined;
}

/** A widget's view, kept so that a link opens it again. The code that reads and writes the address is loaded later. */
export function useView<View>({ value, onChange, address }: ViewProps<View>, initial: View): ShownView<View> {
  const [own, setOwn] = useState(initial);
  const prefix = value === undefined && address ? `${address}.` : undefined;
  const [isRead, setRead] = useState(() => !prefix || !globalThis.location?.search.includes(prefix));
  const wasStep = useRef(false);
  const view = value ?? own;
  const show = (next: View, isStep = false) => {
    wasStep.current = isStep;
    setOwn(next);
    onChange?.(next);
  };
  const onRead = (read: View) => {
    setRead(true);
    setOwn(read);
  };
  return {
    view,
    show,
    isRead,
    inAddress:
      prefix === undefined ? undefined : { prefix, initial, view, isStep: () => wasStep.current, onRead },
  };
}
