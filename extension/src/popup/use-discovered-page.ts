import { useEffect, useState } from 'react';
import { type DiscoveredPage, discoverPage } from '../chrome/discover-page.ts';
import { parseServerUrl } from '../core/connection/server-address.ts';
import { parseSite } from '../core/sites/site.ts';

/** The page over which the popup opened, with what of it can be used. */
export interface OfferedPage {
  /** Null where no card can appear there. */
  siteOrigin: string | null;
  /** Null where the page names no server that a token may be sent to. */
  serverUrl: string | null;
}

const nothing: OfferedPage = { siteOrigin: null, serverUrl: null };

/** Looks once, when the popup opens; undefined until then. */
export function useDiscoveredPage(): OfferedPage | undefined {
  const [page, setPage] = useState<OfferedPage>();
  useEffect(() => {
    discoverPage().then((found) => setPage(found === null ? nothing : toOffer(found)), reportError);
  }, []);
  return page;
}

function toOffer({ origin, serverUrl }: DiscoveredPage): OfferedPage {
  const site = parseSite(origin);
  const server = serverUrl === null ? null : parseServerUrl(serverUrl);
  return {
    siteOrigin: site.ok ? site.origin : null,
    serverUrl: server?.ok ? server.url : null,
  };
}
