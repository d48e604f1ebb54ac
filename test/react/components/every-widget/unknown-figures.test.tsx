import { render } from '@testing-library/react';
import { cloneElement, isValidElement, type ReactElement } from 'react';
import { describe, expect, it } from 'vitest';
import { states } from '../../../../sdk/gallery/states.tsx';
import { createFormat } from '../../../../sdk/src/format/create-format.ts';

/** The same value with something else in place of every amount and every instant in it. */
function spoilt(value: unknown, amount: string, instant: string): unknown {
  if (typeof value === 'string') {
    if (/^-?\d+(\.\d+)?$/.test(value)) return amount;
    return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? instant : value;
  }
  const spoil = (each: unknown) => spoilt(each, amount, instant);
  if (Array.isArray(value)) return value.map(spoil);
  if (isValidElement<object>(value)) return cloneElement(value, spoil(value.props) as object);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, spoil(each)]));
}

describe('a figure or an instant that is not valid', () => {
  it('is written as unknown', () => {
    const format = createFormat({ timeZone: 'Europe/Berlin' });
    expect(format.amount('twelve', 'credits').text).toBe('– credits');
    expect(format.percent(Number.NaN)).toBe('–');
    expect(format.date('soon')).toBe('–');
    expect(format.relativeDay('soon', '2026-11-22T12:00:00.000Z')).toBe('–');
  });

  it.each(states.map((state) => [`${state.widget}, ${state.state}`, state.element] as const))(
    'takes no page down: %s',
    (_, element) => {
      for (const [amount, instant] of [
        ['twelve', '2026-11-22T12:00:00.000Z'],
        ['0.30000000000000004', 'soon'],
      ] as const) {
        const { container, unmount } = render(spoilt(element, amount, instant) as ReactElement);
        expect(/.{0,20}(NaN|Invalid Date).{0,9}/.exec(container.textContent ?? '')?.[0]).toBeUndefined();
        unmount();
      }
    },
  );
});
