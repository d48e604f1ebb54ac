'use client';
import { useEffect, useRef } from 'react';
import type { ViewInAddressProps } from '../../../hooks/base/use-view.ts';

/** A view as texts by name, as an address has them. The empty text stands for none. */
type Texts = Record<string, string>;

export interface ViewFields<View> {
  write(view: View): Texts;
  /** Whatever the texts are: an address is typed by people. */
  read(texts: Texts): View;
}

const counts = new Map<string, number>();

/**
 * Keeps a view in the page's address, from which a link, a reload or the browser's Back brings it back. Fields that are as at first
 * are left out. Renders nothing. Reads and writes `location.search`.
 */
export function ViewInAddress<View>(props: ViewInAddressProps<View> & { fields: ViewFields<View> }) {
  const { prefix, initial, view, fields } = props;
  const latest = useRef(props);
  latest.current = props;
  const start = JSON.stringify(fields.write(initial));
  const shown = JSON.stringify(fields.write(view));
  const known = useRef<string>(undefined);
  const isReading = useRef(false);

  useEffect(() => {
    const read = () => {
      const texts: Texts = JSON.parse(start);
      const given = new URLSearchParams(location.search);
      for (const name of Object.keys(texts)) texts[name] = given.get(prefix + name) ?? texts[name] ?? '';
      const found = fields.read(texts);
      known.current = JSON.stringify(fields.write(found));
      const { view: present, onRead } = latest.current;
      isReading.current = known.current !== JSON.stringify(fields.write(present));
      onRead(found);
    };
    // Without fields in the address, a choice made while this code was loading stays.
    if (location.search.includes(prefix)) read();
    else known.current = start;
    addEventListener('popstate', read);
    count(prefix, 1);
    return () => {
      removeEventListener('popstate', read);
      count(prefix, -1);
    };
  }, [prefix, start, fields]);

  useEffect(() => {
    // The view read from the address is there already; the view shown until then does not belong there.
    if (isReading.current) isReading.current = known.current !== shown;
    else if (known.current !== shown) {
      known.current = shown;
      writeAddress(prefix, JSON.parse(shown), JSON.parse(start), latest.current.isStep());
    }
  }, [prefix, shown, start]);
  return null;
}

/** Counts the widgets that keep their view under a prefix. Once there are none, the address forgets it. */
function count(prefix: string, change: 1 | -1): void {
  const left = (counts.get(prefix) ?? 0) + change;
  counts.set(prefix, left);
  if (left > 0) return;
  // A component that mounts again at once, as in React's development mode, is counted before its fields would be removed.
  void Promise.resolve().then(() => {
    if (counts.get(prefix) === 0) writeAddress(prefix, {}, {}, false);
  });
}

function writeAddress(prefix: string, texts: Texts, start: Texts, isStep: boolean): void {
  const url = new URL(location.href);
  for (const name of [...url.searchParams.keys()]) {
    if (name.startsWith(prefix)) url.searchParams.delete(name);
  }
  for (const [name, text] of Object.entries(texts)) {
    if (text !== start[name]) url.searchParams.set(prefix + name, text);
  }
  if (url.href === location.href) return;
  // A router keeps its place in the state. Next.js adds its own, and tells its hooks, only where it is given none.
  const state = history.state?.__NA ? null : history.state;
  if (isStep) history.pushState(state, '', url);
  else history.replaceState(state, '', url);
}
