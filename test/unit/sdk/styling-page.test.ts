import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { stylingPage } from '../../support/styling-page.ts';

it('the page on styling lists the tokens, parts and classes that exist', () => {
  const page = readFileSync(new URL('../../../sdk/docs/styling.md', import.meta.url), 'utf8');
  expect(page).toBe(stylingPage());
  expect(page).toContain('| `--uk-accent` | buttons, links, focus.');
});
