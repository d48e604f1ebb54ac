import { screen } from '@testing-library/react';
import { useCreditBalance, useUsageKit } from '@usagekit/react';
import {
  cleanupUsageKit,
  createUsageKitMock,
  defaultCatalog,
  renderWithUsageKit,
} from '@usagekit/react/testing';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';

function Balance() {
  const { status, data } = useCreditBalance();
  const { session, locale, timeZone } = useUsageKit();
  return (
    <output>{`${session?.memberId ?? 'visitor'} ${locale} ${timeZone} ${status} ${data?.available ?? '-'}`}</output>
  );
}

function Unit() {
  return <output>{useCreditBalance().data?.creditLabel.other}</output>;
}

afterEach(cleanupUsageKit);

describe('renderWithUsageKit', () => {
  it('F8: shows a component on a mock of its own, as an owner', async () => {
    const { mock } = renderWithUsageKit(<Balance />);
    onTestFinished(() => mock.close());
    expect(await screen.findByText('owner en UTC ready 380')).toBeVisible();
  });

  it('F8: shows the same to another role', async () => {
    const mock = createUsageKitMock({ scenario: 'nearLimit', afterEach: onTestFinished });
    const { rerender } = renderWithUsageKit(<Balance />, { mock, role: 'member' });
    expect(await screen.findByText('member en UTC ready 80')).toBeVisible();
    rerender(<Balance />, { role: 'visitor' });
    expect(await screen.findByText('visitor en UTC not_permitted -')).toBeVisible();
  });

  it('passes settings of the provider on', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    renderWithUsageKit(<Balance />, { mock, provider: { locale: 'de-DE', timeZone: 'Europe/Berlin' } });
    expect(await screen.findByText('owner de-DE Europe/Berlin ready 380')).toBeVisible();
  });

  it("shows the catalog's names in the page's language, where the catalog has it", async () => {
    const catalog = { ...defaultCatalog, translations: { de: { credits: 'Guthabenpunkte' } } };
    for (const [locale, unit] of [
      ['de-AT', 'Guthabenpunkte'],
      ['fr', 'credits'],
    ] as const) {
      const mock = createUsageKitMock({ catalog, afterEach: onTestFinished });
      renderWithUsageKit(<Unit />, { mock, provider: { locale } });
      expect(await screen.findByText(unit)).toBeVisible();
      cleanupUsageKit();
    }
  });

  it('leaves nothing in the document once it is cleaned up', () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const { container } = renderWithUsageKit(<Balance />, { mock });
    expect(document.body).toContainElement(container);
    cleanupUsageKit();
    expect(document.body).not.toContainElement(container);
  });
});
