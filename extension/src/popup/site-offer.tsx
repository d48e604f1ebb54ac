import { useState } from 'react';
import { callBackground } from '../chrome/call-background.ts';
import { createChromePermissions } from '../chrome/ports/permissions-port.ts';
import type { ConnectionView } from '../core/connection/connection.ts';
import { type BoundSite, siteOf, toSitePattern } from '../core/sites/site.ts';
import { readWords } from '../pages/read-words.ts';
import type { OfferedPage } from './use-discovered-page.ts';

export interface SiteOfferProps {
  page: OfferedPage;
  connections: readonly ConnectionView[];
  sites: readonly BoundSite[];
}

/** Offers to show cards on the page in view, where it names the server of a connected account and is not added yet. */
export function SiteOffer({ page, connections, sites }: SiteOfferProps) {
  const [isRefused, setIsRefused] = useState(false);
  const { popup: words } = readWords();
  const { siteOrigin, serverUrl } = page;
  const connection = connections.find((known) => known.serverUrl === serverUrl);
  if (siteOrigin === null || connection === undefined || siteOf(sites, siteOrigin)) return null;

  /** The browser asks the user only within a click, so that nothing is awaited before it is asked to. */
  const add = async (): Promise<void> => {
    const site = { origin: siteOrigin, connectionId: connection.id };
    // The browser may close the popup while it asks; the background then adds the site by itself.
    callBackground('wantSite', site).catch(reportError);
    const isAllowed = await createChromePermissions().requestSite(toSitePattern(siteOrigin));
    setIsRefused(!isAllowed);
    if (isAllowed) await callBackground('addSite', site);
  };
  return (
    <div className="popup-offer">
      <p className="small muted">{isRefused ? words.siteRefused : words.siteQuestion}</p>
      <button type="button" className="button" onClick={() => add().catch(reportError)}>
        {words.addSite(new URL(siteOrigin).host)}
      </button>
    </div>
  );
}
