import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { apiPages } from './api-pages.ts';
import { componentGroups, componentPages, componentPath } from './component-pages.ts';
import { guidePages } from './guides.ts';
import { hooksPage } from './hooks-page.ts';
import type { Page } from './page.ts';
import { readTypes } from './read-types.ts';

interface SidebarGroup {
  text: string;
  items: { text: string; link: string }[];
}

export interface WrittenPages {
  pages: Page[];
  sidebar: Record<string, SidebarGroup[]>;
}

const homePage = `---
pageType: custom
title: UsageKit
---

import { HomePage } from '#docs/site/home-page.tsx';

<HomePage />
`;

/** Every page of the site, from the guides, the READMEs and the code. */
export function makePages(repositoryUrl?: string): Page[] {
  const [kit, contract, parts] = readTypes([
    'src/index.ts',
    '../server/src/contract/index.ts',
    'src/components/parts/widget/as-widget.tsx',
  ]);
  const widgetProps = parts?.get('WidgetProps');
  if (!kit || !contract || !widgetProps) throw new Error('The types of the kit could not be read.');
  // Components that only a subpath of the kit exports have pages too.
  const [history, picker, gate] = readTypes([
    'src/components/usage-history/index.ts',
    'src/components/model-picker/index.ts',
    'src/components/gate/index.ts',
  ]);
  const all = new Map([...(history ?? []), ...(picker ?? []), ...(gate ?? []), ...kit]);
  return [
    { path: 'index', title: 'UsageKit', description: 'The first page', text: homePage },
    ...guidePages(repositoryUrl),
    ...componentPages(all, widgetProps),
    hooksPage(kit),
    ...apiPages(contract),
  ];
}

/** Writes the pages into a folder, which is emptied before, and gives what leads to them. */
export function writePages(folder: string, repositoryUrl?: string): WrittenPages {
  const pages = makePages(repositoryUrl);
  rmSync(folder, { recursive: true, force: true });
  for (const { path, text, description } of pages) {
    const file = join(folder, `${path}.mdx`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text.startsWith('---') ? text : `${headOf({ path, description })}${text}`);
  }
  return { pages, sidebar: sidebarOf(pages) };
}

/** The head of a page for the generator. A component's page leaves room for the example. */
function headOf({ path, description }: Pick<Page, 'path' | 'description'>): string {
  const outline = path.startsWith('components/') ? 'pageType: doc-wide\noutline: false\n' : '';
  return `---\ndescription: ${JSON.stringify(description)}\n${outline}---\n\n`;
}

function sidebarOf(pages: Page[]): WrittenPages['sidebar'] {
  const linkOf = ({ path, title }: Page) => ({
    text: title,
    link: `/${path.replace(/(^|\/)index$/, '$1')}`,
  });
  const under = (folder: string) => pages.filter(({ path }) => path.startsWith(`${folder}/`));
  const components = new Map(under('components').map((page) => [page.path, page]));
  const inGroup = (names: string[]) =>
    names.flatMap((name) => {
      const page = components.get(componentPath(name));
      return page ? [linkOf(page)] : [];
    });
  return {
    '/guide/': [{ text: 'Guides', items: under('guide').map(linkOf) }],
    '/components/': [
      {
        text: 'Reference',
        items: ['components/index', 'components/hooks'].flatMap((path) => {
          const page = components.get(path);
          return page ? [linkOf(page)] : [];
        }),
      },
      ...componentGroups.map(({ title, names }) => ({ text: title, items: inGroup(names) })),
    ],
    '/api/': [{ text: 'API', items: under('api').map(linkOf) }],
  };
}
