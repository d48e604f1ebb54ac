import { type CSSProperties, type ReactNode, useState } from 'react';
import { LiveExample } from './live-example.tsx';

const accents = { Indigo: '#5b5bd6', Teal: '#0d9488', Rose: '#e11d48', Ink: '#1f2937' };
const radii = { Square: '0px', Usual: '10px', Round: '18px' };

/** A widget under tokens that a reader chooses, with the rule that sets them. */
export function ThemedExample() {
  const [accent, setAccent] = useState<string>(accents.Indigo);
  const [radius, setRadius] = useState<string>(radii.Usual);
  // Not as an attribute of a page that the server renders, which a strict content policy would not let through.
  const tokens = { '--uk-accent': accent, '--uk-radius': radius } as CSSProperties;
  return (
    <div className="docs-themed">
      <div className="docs-live-bar">
        <TokenChoice label="--uk-accent" value={accent} options={accents} onChange={setAccent} />
        <TokenChoice label="--uk-radius" value={radius} options={radii} onChange={setRadius} />
      </div>
      <Tokens tokens={tokens}>
        <LiveExample name="PlanCard" bare />
      </Tokens>
      <pre className="docs-themed-rule">{`.billing { --uk-accent: ${accent}; --uk-radius: ${radius}; }`}</pre>
    </div>
  );
}

function Tokens({ tokens, children }: { tokens: CSSProperties; children: ReactNode }) {
  return (
    <div
      ref={(element) => {
        for (const [name, value] of Object.entries(tokens)) element?.style.setProperty(name, String(value));
      }}
    >
      {children}
    </div>
  );
}

interface TokenChoiceProps {
  label: string;
  value: string;
  options: Record<string, string>;
  onChange: (value: string) => void;
}

function TokenChoice({ label, value, options, onChange }: TokenChoiceProps) {
  return (
    <label>
      <code>{label}</code>
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        {Object.entries(options).map(([name, each]) => (
          <option key={name} value={each}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
