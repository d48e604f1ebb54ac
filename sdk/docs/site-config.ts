import { fileURLToPath } from 'node:url';
import type { UserConfig } from '@rspress/core';
import type { WrittenPages } from './generate/write-pages.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A meter, drawn in the address itself. */
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect y='5' width='16' height='6' rx='3' fill='%23c7c9f5'/%3E%3Crect y='5' width='11' height='6' rx='3' fill='%234f46e5'/%3E%3C/svg%3E";

interface SiteSettings {
  root: string;
  outDir: string;
  sidebar: WrittenPages['sidebar'];
}

/** How the site is built: the workspaces from their sources, search and llms.txt made at the build, nothing from elsewhere. */
export function siteConfig({ root, outDir, sidebar }: SiteSettings): UserConfig {
  return {
    root,
    outDir,
    title: 'UsageKit',
    description:
      'Shows a product’s customers what they have used, what is left, and what to do when it runs out.',
    lang: 'en',
    logoText: 'UsageKit',
    head: [['link', { rel: 'icon', href: icon }]],
    globalStyles: here('site/site.css'),
    llms: true,
    search: { codeBlocks: true },
    mediumZoom: false,
    markdown: { link: { checkDeadLinks: true, checkAnchors: true } },
    themeConfig: {
      nav: [
        { text: 'Guides', link: '/guide/start', activeMatch: '/guide/' },
        { text: 'Components', link: '/components/', activeMatch: '/components/' },
        { text: 'API', link: '/api/gate', activeMatch: '/api/' },
      ],
      sidebar,
      enableContentAnimation: false,
      llmsUI: { viewOptions: false, placement: 'outline' },
    },
    builderConfig: {
      resolve: {
        alias: { '#docs': here('.') },
        conditionNames: ['source', '...'],
        extensions: ['.ts', '.tsx', '...'],
      },
      output: {
        cleanDistPath: true,
        sourceMap: false,
        // The kit's own target: older browsers have no light-dark(), and its replacement works only in style sheets.
        overrideBrowserslist: ['chrome >= 123', 'firefox >= 128', 'safari >= 17.5'],
      },
      performance: { printFileSize: false },
    },
  };
}
