import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { CssBaseline } from '@mui/material';
import postcss, { type AcceptedPlugin } from 'postcss';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { compile } from 'tailwindcss';

const require = createRequire(import.meta.url);
const read = (path: string) => readFileSync(require.resolve(path), 'utf8');

/** One sheet that a host may have, and where its page has it. */
export interface HostSheet {
  name: string;
  css: string;
  /** Whether it stands before the kit's own in the page; after it by default. */
  isBefore?: boolean;
}

/** What Tailwind 3 makes of a page whose markup has these class names. */
export async function tailwind3(content: string, plugins: string[] = []): Promise<string> {
  const tailwind = require('tailwindcss3') as (config: object) => AcceptedPlugin;
  const config = {
    content: [{ raw: content, extension: 'html' }],
    plugins: plugins.map((name) => require(name)),
  };
  const source = '@tailwind base; @tailwind components; @tailwind utilities;';
  return (await postcss([tailwind(config)]).process(source, { from: undefined })).css;
}

/** What Tailwind 4 makes of a page whose markup has these class names. */
export async function tailwind4(names: string[]): Promise<string> {
  const { build } = await compile('@import "tailwindcss";', {
    loadStylesheet: async (id, base) => {
      const path = require.resolve(id === 'tailwindcss' ? 'tailwindcss/index.css' : id);
      return { path, base, content: readFileSync(path, 'utf8') };
    },
  });
  return build(names);
}

/** The rules that Material UI's baseline adds to a page. */
function materialBaseline(): string {
  const markup = renderToString(createElement(CssBaseline));
  return [...markup.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, css]) => css).join('\n');
}

/** The sheets of everyday hosts: resets, frameworks and what teams write for elements. */
export async function everydaySheets(): Promise<HostSheet[]> {
  const tailwind4Sheet = await tailwind4([]);
  return [
    { name: 'Tailwind 3', css: await tailwind3('') },
    { name: 'Tailwind 4, before the kit', css: tailwind4Sheet, isBefore: true },
    { name: 'Tailwind 4, after the kit', css: tailwind4Sheet },
    { name: 'modern-normalize', css: read('modern-normalize/modern-normalize.css') },
    { name: 'a reset of everything', css: '* { margin: 0; padding: 0; box-sizing: border-box; }' },
    { name: 'Bootstrap', css: read('bootstrap/dist/css/bootstrap.css') },
    { name: "Material UI's baseline", css: materialBaseline() },
    {
      name: 'rules for elements',
      css: `
        table { border-collapse: collapse; width: 100%; margin: 20px 0; }
        th, td { padding: 12px; border: 1px solid #ccc; text-align: left; background: #fafafa; }
        a { color: rebeccapurple; text-decoration: underline; }
        button { padding: 10px 20px; border: 2px solid black; border-radius: 0; background: teal; color: white; font-size: 18px; }
        input, select { padding: 12px; border: 2px solid teal; font-size: 18px; width: 100%; }
        h1, h2, h3, h4 { margin: 40px 0 20px; color: navy; font-size: 32px; line-height: 1.1; }
        p { margin: 0 0 24px; line-height: 1.9; max-width: 60ch; }
        ul { margin: 16px; padding-left: 40px; list-style: square; }
        li { margin: 8px 0; }
        section { padding: 40px; background: #eee; }
        header { padding: 20px; background: black; }
        span { color: maroon; }
        time, bdi { font-style: italic; }
        dialog { padding: 60px; border: 4px solid red; }
        label { display: block; font-weight: bold; }`,
    },
    { name: 'uppercase buttons', css: 'button { text-transform: uppercase; letter-spacing: 0.1em; }' },
    {
      name: 'svg as blocks',
      css: 'svg { display: block; fill: currentColor; max-width: 100%; height: auto; }',
    },
    {
      name: 'letter-spacing on everything',
      css: '* { letter-spacing: 0.05em; } body { word-spacing: 4px; }',
    },
    { name: 'no outlines', css: '* { outline: none; } :focus, :focus-visible { outline: none; }' },
  ];
}

/** Sheets that weigh more than rules for elements; most are meant for a host's prose and forms. */
export async function harderSheets(): Promise<HostSheet[]> {
  const prose = '<main class="prose">';
  return [
    {
      name: 'rules for states and types',
      css: `
        a:hover, a:focus, a:link { color: red; text-decoration: underline; }
        button:hover, button:focus, button:not(:disabled) { background: orange; color: blue; }
        [type="button"], [type="radio"], [type="text"] { border: 3px solid orange; padding: 9px; }
        [role="group"] { margin: 30px; }
        [role="region"] * { font-style: italic; }
        [aria-pressed] { font-weight: 900; }`,
    },
    { name: 'Pico', css: read('@picocss/pico/css/pico.css') },
    { name: 'Tailwind forms', css: await tailwind3('', ['@tailwindcss/forms']) },
    { name: 'Tailwind typography', css: await tailwind3(prose, ['@tailwindcss/typography']) },
    { name: "GitHub's markdown", css: read('github-markdown-css/github-markdown.css') },
  ];
}
