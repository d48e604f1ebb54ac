import { useEffect, useState } from 'react';
import type { UsageKitMock } from './mock/usagekit-mock.ts';
import type { RecordedRequest } from './requests/request-log.ts';
import { type ScenarioName, scenarios } from './scenarios/scenarios.ts';

export interface UsageKitOverlayProps {
  /** The server that is steered. */
  mock: UsageKitMock;
  /** @default 8 */
  requestsMax?: number;
}

const lookEveryMs = 500;
const box = {
  position: 'fixed',
  insetBlockEnd: 8,
  insetInlineEnd: 8,
  zIndex: 2_147_483_000,
  maxInlineSize: 380,
  padding: 8,
  font: '12px/1.5 system-ui, sans-serif',
  color: '#111',
  background: '#fff',
  border: '1px solid #888',
  borderRadius: 6,
} as const;

/**
 * A corner of the page in development: the mock's scenario, its clock and its requests. Production builds that use the
 * `production` condition, as Vite and webpack do, contain neither it nor the mock.
 *
 * @example
 * {mock && <UsageKitOverlay mock={mock} />}
 */
export function UsageKitOverlay({ mock, requestsMax = 8 }: UsageKitOverlayProps) {
  const [now, setNow] = useState('');
  const [requests, setRequests] = useState<RecordedRequest[]>([]);
  const [problem, setProblem] = useState('');

  useEffect(() => {
    const look = () => {
      setNow(mock.clock.now().toISOString());
      setRequests(mock.requests().slice(-requestsMax).reverse());
    };
    look();
    const timer = setInterval(look, lookEveryMs);
    return () => clearInterval(timer);
  }, [mock, requestsMax]);

  const run = (change: () => Promise<void>) => () => {
    setProblem('');
    change().catch((error: unknown) => setProblem(String(error)));
  };

  return (
    <details style={box} data-usagekit-overlay="">
      <summary>UsageKit mock</summary>
      <p>
        <label>
          Scenario{' '}
          <select onChange={({ target }) => run(() => mock.reset(target.value as ScenarioName))()}>
            <option value="healthy">healthy</option>
            {Object.keys(scenarios)
              .filter((name) => name !== 'healthy')
              .map((name) => (
                <option key={name}>{name}</option>
              ))}
          </select>
        </label>{' '}
        <button type="button" onClick={run(() => mock.reset())}>
          Reset
        </button>
      </p>
      <p>
        <output>{now}</output>{' '}
        <button type="button" onClick={run(() => mock.clock.advance({ hours: 1 }))}>
          +1 hour
        </button>{' '}
        <button type="button" onClick={run(() => mock.clock.advance({ days: 1 }))}>
          +1 day
        </button>{' '}
        <button type="button" onClick={run(() => mock.clock.advanceToReset())}>
          To the reset
        </button>
      </p>
      {problem && <p role="alert">{problem}</p>}
      <ol>
        {requests.map(({ method, path, status }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a request has no id, and the whole list is drawn each time
          <li key={index}>{`${method} ${path} ${status ?? '…'}`}</li>
        ))}
      </ol>
    </details>
  );
}
