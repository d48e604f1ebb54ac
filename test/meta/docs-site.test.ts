import { describe, expect, it } from 'vitest';
import { headingsOf, sectionOf } from '../../sdk/docs/generate/markdown.ts';
import { makePages } from '../../sdk/docs/generate/write-pages.ts';
import { examples } from '../../sdk/docs/site/examples.ts';
import { routes } from '../../server/src/app/routes/routes.ts';
import { repositoryFiles, textOf } from './repository-files.ts';

// A README that is taken from where it is not, or leads to a file that is not there, fails here.
const pages = makePages('https://git.example.com/usagekit');
const page = (path: string) => pages.find((each) => each.path === path)?.text ?? '';

describe('the pages of the documentation', () => {
  it('F29: have an example for every widget that the kit exports', () => {
    const index = textOf('sdk/src/index.ts');
    const widgets = [...index.matchAll(/\b([A-Z]\w+), type \1Props\b/g)].map(([, name]) => name ?? '');
    expect(widgets.length).toBeGreaterThan(25);
    const parts = ['WidgetRoot', 'UsageKitProvider', 'WithFirstAnswers', 'LocaleProvider'];
    const without = widgets.filter((name) => !(name in examples) && !parts.includes(name));
    expect(
      without,
      'each needs a file in a folder of sdk/docs/examples and a line in sdk/docs/site/examples.ts',
    ).toEqual([]);
    const files = repositoryFiles().filter((path) => path.startsWith('sdk/docs/examples/'));
    expect(files).toHaveLength(Object.keys(examples).length);
  });

  it('F29: show of each component its code, and the props that its type has', () => {
    const text = page('components/credit-balance');
    expect(text).toContain(textOf('sdk/docs/examples/credits/credit-balance.tsx').trim());
    expect(text).toMatch(/\| `onBuyCredits` \| `.*void.*` \| Opens the host's or the kit's purchase/);
    expect(text).not.toContain('| `classNames`');
    expect(page('components/index')).toContain('| `classNames`');
    expect(page('components/index')).toContain('| `timeZone`');
  });

  it('F29: name every call of the API once, with the fields that its body has', () => {
    const api = pages
      .filter(({ path }) => path.startsWith('api/') && path !== 'api/types')
      .map(({ text }) => text);
    for (const { method, path, description } of routes) {
      if (description === null) continue;
      const line = `\`${method} ${path.replace(/:(\w+)/g, '{$1}')}\`, called `;
      expect(
        api.filter((text) => text.includes(line)),
        line,
      ).toHaveLength(1);
    }
    expect(page('api/gate')).toMatch(/\| `items` \\\* \| \[`Item`\]\(\/api\/types#item\) `\[\]` \|/);
  });

  it('F29: take what a README says from the README', () => {
    expect(page('guide/payments')).toContain('payment_intent.succeeded');
    expect(page('guide/start')).toContain('createUsageKitClient');
    for (const path of repositoryFiles().filter((each) => each.startsWith('sdk/docs/guides/'))) {
      const own = textOf(path);
      for (const readme of ['README.md', 'sdk/README.md', 'server/README.md'])
        for (const line of own.split('\n').filter((each) => each.length > 60 && !each.startsWith('@')))
          expect(textOf(readme), `${path} says again what ${readme} says`).not.toContain(line);
    }
  });

  it('give the section that is asked for, and say which there are where there is none', () => {
    const text = '# A\n\nWords.\n\n## B\n\n```sh\n# not a heading\n```\n\n### C\n\n## D';
    expect(headingsOf(text).map((each) => each.text)).toEqual(['A', 'B', 'C', 'D']);
    expect(sectionOf(text, 'B')).toContain('### C');
    expect(sectionOf(text, 'intro')).toBe('Words.');
    expect(() => sectionOf(text, 'E')).toThrow("There is no section 'E'; there are: A, B, C, D.");
  });
});
