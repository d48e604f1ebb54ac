import { UsageKitProvider } from '@usagekit/react';
import {
  createUsageKitMock,
  type MockViewer,
  type ScenarioName,
  scenarios,
  type UsageKitMock,
} from '@usagekit/react/testing';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import '@usagekit/react/styles.css';
import { docsCatalog } from './docs-catalog.ts';
import { examples } from './examples.ts';
import type { LiveExampleProps } from './live-example.tsx';

const viewers: MockViewer[] = ['owner', 'admin', 'manager', 'member', 'viewer', 'visitor'];
const widths = { wide: 'Wide', phone: 'Phone' } as const;

/** The example with its controls: the scenario, the role, the width, and events. */
export function Stage({ name, bare = false }: LiveExampleProps) {
  const { scenario: usual, component: Example } = examples[name];
  const [scenario, setScenario] = useState<ScenarioName>(usual);
  const [viewer, setViewer] = useState<MockViewer>('owner');
  const [width, setWidth] = useState<keyof typeof widths>('wide');
  const [mock, setMock] = useState<UsageKitMock>();

  useEffect(() => {
    const made = createUsageKitMock({ scenario, catalog: docsCatalog, allowInProduction: true });
    setMock(made);
    return () => void made.close();
  }, [scenario]);

  return (
    <>
      {!bare && (
        <div className="docs-live-bar">
          <Choice
            label="Scenario"
            value={scenario}
            options={Object.keys(scenarios) as ScenarioName[]}
            onChange={setScenario}
          />
          <Choice label="Seen by" value={viewer} options={viewers} onChange={setViewer} />
          <fieldset className="docs-live-widths">
            <legend>Width</legend>
            {Object.entries(widths).map(([each, label]) => (
              <button
                key={each}
                type="button"
                aria-pressed={each === width}
                onClick={() => setWidth(each as keyof typeof widths)}
              >
                {label}
              </button>
            ))}
          </fieldset>
          {mock && <Happenings mock={mock} />}
        </div>
      )}
      <div className="docs-live-ground" data-width={width}>
        {mock && (
          <OnMock key={`${scenario} ${viewer}`} mock={mock} viewer={viewer}>
            <Example />
          </OnMock>
        )}
      </div>
    </>
  );
}

function OnMock({ mock, viewer, children }: { mock: UsageKitMock; viewer: MockViewer; children: ReactNode }) {
  const client = useMemo(() => mock.client(), [mock]);
  return (
    <UsageKitProvider client={client} session={mock.session({ role: viewer })} locale="en" timeZone="UTC">
      {children}
    </UsageKitProvider>
  );
}

/** Actions of a product's backend, and of time. */
function Happenings({ mock }: { mock: UsageKitMock }) {
  const [said, setSaid] = useState('');
  const run = (words: string, change: () => Promise<unknown>) => () => {
    change().then(
      () => setSaid(words),
      (error: unknown) => setSaid(error instanceof Error ? error.message : String(error)),
    );
  };
  return (
    <div className="docs-live-happenings">
      <button type="button" onClick={run('10 credits are spent.', () => mock.account().spend(10))}>
        Spend 10 credits
      </button>
      <button type="button" onClick={run('A day has passed.', () => mock.clock.advance({ days: 1 }))}>
        A day later
      </button>
      <output aria-live="polite">{said}</output>
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly Value[];
  onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <label>
      {label}
      <select value={value} onChange={({ target }) => onChange(target.value as Value)}>
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </label>
  );
}
