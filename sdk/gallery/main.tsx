import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ar } from '../src/messages/languages/ar.ts';
import { de } from '../src/messages/languages/de.ts';
import { ja } from '../src/messages/languages/ja.ts';
import type { MessageOverrides } from '../src/messages/messages.ts';
import { UsageKitContext } from '../src/provider/context.ts';
import '../src/styles/styles.css';
import './gallery.css';
import { states } from './states.tsx';

const widths = ['320', '480', '720', '1040'];
const locales = ['en', 'de-DE', 'ar-EG', 'ja-JP', 'hi-IN'];
/** Texts of the languages that are shipped; the others show how figures are written. */
const texts: Record<string, MessageOverrides> = { 'de-DE': de, 'ar-EG': ar, 'ja-JP': ja };
const every = 'every widget';

/** What is shown and how; kept in the address, so that a view can be linked to and photographed. */
function Gallery() {
  const [query, setQuery] = useState(() => new URLSearchParams(location.search));
  const read = (name: string, otherwise: string) => query.get(name) ?? otherwise;
  const write = (name: string, value: string) => {
    const next = new URLSearchParams(query);
    next.set(name, value);
    history.replaceState(null, '', `?${next}`);
    setQuery(next);
  };
  const theme = read('theme', 'light');
  const direction = read('dir', 'ltr');
  const width = read('width', '720');
  const locale = read('locale', 'en');
  const widget = read('widget', every);
  const state = query.get('state');
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.dir = direction;
    document.documentElement.lang = locale;
  }, [theme, direction, locale]);

  const choice = (name: string, value: string, options: string[]) => (
    <label>
      {name}
      <select value={value} onChange={(event) => write(name, event.target.value)}>
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </label>
  );
  const named = query.get('only')?.split(';');
  const shown = states.filter(
    (each) =>
      (widget === every || each.widget === widget) &&
      (state === null || each.state === state) &&
      (named === undefined || named.includes(`${each.widget}, ${each.state}`)),
  );
  return (
    <UsageKitContext.Provider
      value={{ client: undefined, session: null, locale, messages: texts[locale] ?? {} }}
    >
      {!query.has('bare') && (
        <div className="gallery-bar">
          {choice('widget', widget, [every, ...new Set(states.map((each) => each.widget))])}
          {choice('theme', theme, ['light', 'dark'])}
          {choice('dir', direction, ['ltr', 'rtl'])}
          {choice('width', width, widths)}
          {choice('locale', locale, locales)}
        </div>
      )}
      <main className="gallery-states">
        {shown.map((each) => (
          <div key={`${each.widget} ${each.state}`} className="gallery-state" data-width={width}>
            <p className="gallery-name">
              {each.widget}, {each.state}
            </p>
            {each.element}
          </div>
        ))}
      </main>
    </UsageKitContext.Provider>
  );
}

const root = document.getElementById('gallery');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Gallery />
    </StrictMode>,
  );
}
