import { readdirSync, readFileSync } from 'node:fs';
import { optionalParts } from '../../sdk/src/components/parts/widget/optional-parts.ts';
import { classOf, type PartName, parts } from '../../sdk/src/components/parts/widget/part-names.ts';

const styles = new URL('../../sdk/src/styles/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, styles), 'utf8');

/** Tokens with what each is, as the head of tokens.css says it. */
function tokens(): [name: string, text: string][] {
  const [head = ''] = read('tokens.css').split('*/');
  const found: [string, string][] = [];
  for (const line of head.split('\n')) {
    const [, names, text] = /^ \* {3}(--uk-\S+(?:(?:,| \.\.) --uk-\S+)*)? {2,}(.*)$/.exec(line) ?? [];
    const last = found.at(-1);
    if (names !== undefined) found.push([names, text ?? '']);
    else if (text !== undefined && last) last[1] = `${last[1]} ${text}`.trim();
    else if (/^ \* {3}(--uk-.*)$/.test(line)) found.push([line.slice(5).trim(), '']);
  }
  return found;
}

/** Every class that the sheet names. */
function classes(): string[] {
  const names = readdirSync(styles, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.css'))
    .flatMap((name) => [
      ...read(name)
        .replaceAll(/\/\*[\s\S]*?\*\//g, '')
        .matchAll(/\.(uk-[a-z0-9-]+)/g),
    ])
    .map(([, name]) => name ?? '');
  return [...new Set(names)].sort();
}

/** A row for each part that a widget may be without, or the reason why there is none. */
function optionalPartRows(): string[][] {
  return Object.entries<string | Record<string, string>>(optionalParts).flatMap(([widget, its]) =>
    typeof its === 'string'
      ? [[`\`${widget}\``, '', `Nothing. ${its}`]]
      : Object.entries(its).map(([part, text], place) => [
          place === 0 ? `\`${widget}\`` : '',
          `\`${part}\``,
          text,
        ]),
  );
}

/** The page that lists what a host may style, made from the tables of parts and the sheet. */
export function stylingPage(): string {
  const rows = (cells: string[][]) => cells.map((row) => `| ${row.join(' | ')} |`).join('\n');
  const tokenRows = tokens().map((cells) =>
    cells.map((text) => text.replaceAll(/--uk-[a-z0-9-]+/g, (name) => `\`${name}\``).replace(' .. ', ' to ')),
  );
  const partRows = (Object.keys(parts) as PartName[]).map((name) => [
    `\`${name}\``,
    `\`.${classOf(name)}\``,
    parts[name],
  ]);
  return `# What a host may style

This page is made from the code: \`npx node --conditions=source test/support/write-styling-page.ts\` writes it, and a test compares.

## Tokens

Set a token on a widget or on anything around it.

| token | is |
| --- | --- |
${rows(tokenRows)}

## Parts

\`classNames\` takes a part by its name; a sheet names it by its class, which two classes outweigh: \`.billing .uk-button\`.
What a part says of its state stands in attributes: \`data-state\` and \`data-widget\` on the root, \`data-level\` on a
meter, \`data-tone\` on a pill or notice, \`data-kind\` on a button, \`data-status\` on a task's status.

| part | class | is |
| --- | --- | --- |
${rows(partRows)}

## Parts to leave out

Every widget takes \`parts\`, which leaves out a part by its name: \`<Invoices parts={{ exports: false }} />\`. A part that shows a field
of the answer has the name of the field. Parts that are not named are shown.

| widget | part | is |
| --- | --- | --- |
${rows(optionalPartRows())}

## Classes

Every class of the sheet. Those that are no part's may change with a minor version.

${classes()
  .map((name) => `\`${name}\``)
  .join(' ')}
`;
}
