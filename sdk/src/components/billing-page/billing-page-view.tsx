'use client';
import { type ReactNode, useSyncExternalStore } from 'react';
import { billingPageMessages } from '../../messages/invoices/billing-page.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { type WidgetProps, WidgetRoot } from '../parts/widget/widget-root.tsx';

const billingSections = ['overview', 'credits', 'invoices', 'payment', 'plans'] as const;

/** Every section of the page, in its order. */
export type BillingSection = (typeof billingSections)[number];

export interface BillingPageViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ invoices: false }`. */
  parts?: PartsOf<'BillingPage'> | undefined;
  /**
   * The section that is shown, where the host's router knows.
   * @default what the address' fragment names, such as `#billing-invoices`, else the overview
   */
  section?: BillingSection | undefined;
  /**
   * The address of a section.
   * @default `#billing-` and its name
   */
  hrefOf?: ((section: BillingSection) => string) | undefined;
  /** Follows a link to a section without a new page; by default the browser follows it. */
  onSection?: ((section: BillingSection) => void) | undefined;
  /** Stands above the links. */
  above?: ReactNode;
  /** The content of a section. */
  contentOf: (section: BillingSection) => ReactNode;
}

export const fragmentOf = (section: BillingSection) => `#billing-${section}`;

/**
 * The sections of billing as links, each with an address of its own, and the one that is shown. Renders a `section` with a
 * `nav`. Reads the address and messages.
 */
export const BillingPageView = asWidget(function BillingPageView(props: BillingPageViewProps) {
  const { section, hrefOf = fragmentOf, onSection, above, contentOf, parts } = props;
  const messages = useMessages('billingPage', billingPageMessages);
  const fragment = useSyncExternalStore(subscribe, readFragment, () => '');
  const sections = billingSections.filter((each) => parts?.[each] !== false);
  const shown =
    section ?? sections.find((each) => fragmentOf(each) === fragment) ?? sections[0] ?? 'overview';
  return (
    <WidgetRoot name="billing-page" state={shown} label={messages.title}>
      {above}
      <nav className="uk-billing-nav" aria-label={messages.nav}>
        {sections.map((each) => (
          <a
            key={each}
            className="uk-billing-link"
            href={hrefOf(each)}
            aria-current={each === shown ? 'page' : undefined}
            onClick={(event) => {
              // New tabs and windows still open as usual.
              if (!onSection || event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              onSection(each);
            }}
          >
            {messages.sections[each]}
          </a>
        ))}
      </nav>
      <div className="uk-billing-widgets">{contentOf(shown)}</div>
    </WidgetRoot>
  );
});

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

const readFragment = () => location.hash;
