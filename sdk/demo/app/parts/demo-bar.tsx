import { useEffect, useState } from 'react';
import type { FieldnoteApi } from '../fieldnote-api.ts';
import { type LanguageId, languages } from '../use-language.ts';
import { type ViewerId, viewers } from '../viewers.ts';
import { Segments } from './segments.tsx';

interface DemoBarProps {
  productId: string;
  onProductChange: (id: string) => void;
  /** Names of the products other than Fieldnote, by id; empty until they are known. */
  others: Record<string, string>;
  viewerId: ViewerId;
  onViewerChange: (id: ViewerId) => void;
  languageId: LanguageId;
  onLanguageChange: (id: LanguageId) => void;
  api: FieldnoteApi;
}

const themes = [
  { id: 'system', label: 'System' },
  { id: 'light', label: 'Light' },
  { id: 'dark', label: 'Dark' },
];

const directions = [
  { id: 'ltr', label: 'Left to right' },
  { id: 'rtl', label: 'Right to left' },
];

/** The demo's own controls, which no product has: which product is shown, who is looking, and how. */
export function DemoBar(props: DemoBarProps) {
  const { productId, onProductChange, others, viewerId, onViewerChange, api } = props;
  const { languageId, onLanguageChange } = props;
  const [theme, setTheme] = useKept('fieldnote-theme', 'system');
  const [direction, setDirection] = useKept('fieldnote-direction', 'ltr');

  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.dir = direction;
  }, [theme, direction]);

  return (
    <div className="demo-bar">
      <span className="demo-bar-name">Demo</span>
      <select
        aria-label="Product"
        className="demo-product"
        value={productId}
        onChange={(event) => onProductChange(event.target.value)}
      >
        {Object.entries({ fieldnote: 'Fieldnote', ...others }).map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <Segments label="Viewing as" options={viewers} value={viewerId} onChange={onViewerChange} />
      <details className="demo-menu">
        <summary>Settings</summary>
        <div className="demo-menu-sheet">
          <Segments label="Theme" options={themes} value={theme} onChange={setTheme} showLabel />
          <Segments
            label="Direction"
            options={directions}
            value={direction}
            onChange={setDirection}
            showLabel
          />
          <Segments
            label="Language of the widgets"
            options={languages}
            value={languageId}
            onChange={(id) => {
              onLanguageChange(id);
              setDirection(id === 'ar' ? 'rtl' : 'ltr');
            }}
            showLabel
          />
          {viewerId === 'owner' && (
            <button type="button" className="button" onClick={() => void api.skipToNextCycle()}>
              Skip to the next reset
            </button>
          )}
        </div>
      </details>
    </div>
  );
}

function useKept(key: string, initial: string) {
  const [value, setValue] = useState(() => localStorage.getItem(key) ?? initial);
  function keep(next: string) {
    localStorage.setItem(key, next);
    setValue(next);
  }
  return [value, keep] as const;
}
