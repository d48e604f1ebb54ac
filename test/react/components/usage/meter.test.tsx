import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Meter } from '../../../../sdk/src/components/meter/meter.tsx';

const meter = { label: 'Credits', unit: { one: 'credit', other: 'credits' }, included: '1000', percent: 62 };

describe('Meter', () => {
  it('tells what is held apart from what is used, where the bar counts both', () => {
    const { container } = render(<Meter meter={{ ...meter, used: '580', held: '40' }} />);
    expect(container).toHaveTextContent('580 / 1,000');
    expect(container).toHaveTextContent('40 held');
    expect(screen.getByRole('meter')).toHaveAttribute('aria-valuetext', '580 of 1,000 credits used, 40 held');
  });

  it('says nothing of holds where there are none', () => {
    const { container } = render(<Meter meter={{ ...meter, used: '580', held: '0' }} />);
    expect(container).not.toHaveTextContent('held');
  });

  it('reads out 0 where a share is no number, and draws no part of that length', () => {
    const figures = { ...meter, percent: Number.NaN, used: '0', included: '0', held: '0' };
    const { container } = render(<Meter meter={figures} />);
    expect(screen.getByRole('meter')).toHaveAttribute('aria-valuenow', '0');
    expect(container.innerHTML).not.toContain('NaN');
  });

  it('D12, E10: says that what is used where nothing is included lies over the limit, and at it where all of it is used', () => {
    const surcharge = { ...meter, level: 'over' as const, percent: 100, used: '23.1', included: '0' };
    const { rerender, container } = render(<Meter meter={surcharge} />);
    expect(container).toHaveTextContent('Over the limit');
    rerender(<Meter meter={{ ...surcharge, used: '1000', included: '1000' }} />);
    expect(container).toHaveTextContent('At the limit');
  });
});
