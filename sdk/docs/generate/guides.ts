import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anchorOf, asMdx, bodyOf, headingsOf, sectionOf, withTopLevel } from './markdown.ts';
import { firstSentence, type Page } from './page.ts';

export const repository = fileURLToPath(new URL('../../..', import.meta.url));
const folder = new URL('../guides/', import.meta.url);

/** Guides in the order in which they stand in the sidebar. */
export const guideNames = readdirSync(folder)
  .filter((name) => name.endsWith('.mdx'))
  .sort();

/**
 * A line of a guide that takes its text from elsewhere, so that nothing is said twice:
 * `@include FILE`, `@include FILE "Section"` (with `body` behind it without its heading), `@include FILE intro`, `@code FILE`.
 */
const directive = /^@(include|code) (\S+)(?: "([^"]+)"| (intro))?( body)?$/;

interface Included {
  file: string;
  /** As it stands in the file. */
  text: string;
  page: string;
}

/** The guides with what they include, and links that lead where the included text is now. */
export function guidePages(repositoryUrl: string | undefined): Page[] {
  const guides = guideNames.map((name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    return { path: `guide/${name.slice(3, -4)}`, title: headingsOf(text)[0]?.text ?? name, text };
  });
  const included = guides.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line): Included[] => {
      const found = readDirective(line);
      return found?.kind === 'include' ? [{ file: found.file, text: found.text, page: path }] : [];
    }),
  );
  const linkTo = createLinks(included, repositoryUrl);
  return guides.map(({ path, title, text }) => ({
    path,
    title,
    description: descriptionOf(text, title),
    text: text
      .split('\n')
      .map((line) => {
        const found = readDirective(line);
        if (!found) return line;
        if (found.kind === 'code') return codeBlock(found.file, found.text);
        const shown = found.isBody ? bodyOf(found.text) : found.text;
        const placed = headingsOf(shown).length === 0 ? shown : withTopLevel(shown, found.isBody ? 3 : 2);
        return asMdx(withLinks(placed, found.file, (file, anchor) => linkTo(file, anchor, path)));
      })
      .join('\n'),
  }));
}

/** @throws Error where the guide does not begin with a sentence of its own. */
function descriptionOf(text: string, title: string): string {
  const [first = ''] = sectionOf(text, 'intro').split('\n\n');
  if (first === '' || first.startsWith('@'))
    throw new Error(`The guide '${title}' does not say what it is about.`);
  return firstSentence(first.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1'));
}

interface Directive {
  kind: 'include' | 'code';
  file: string;
  text: string;
  isBody: boolean;
}

function readDirective(line: string): Directive | undefined {
  const [, kind, file, section, intro, body] = directive.exec(line) ?? [];
  if (!kind || !file) return undefined;
  const whole = readFileSync(join(repository, file), 'utf8').trim();
  if (kind === 'code') return { kind, file, text: whole, isBody: false };
  const text = intro ? sectionOf(whole, 'intro') : section ? sectionOf(whole, section) : bodyOf(whole);
  return { kind: 'include', file, text, isBody: body !== undefined };
}

function codeBlock(file: string, text: string): string {
  return `\`\`\`${extname(file).slice(1)} title="${file.split('/').slice(-3).join('/')}"\n${text}\n\`\`\``;
}

type LinkTo = (file: string, anchor: string) => string | undefined;
type LinkFrom = (file: string, anchor: string, page: string) => string | undefined;

/** Where a file of the repository, or a section of it, is on the site; else its address in the repository, where that is known. */
function createLinks(included: Included[], repositoryUrl: string | undefined): LinkFrom {
  return (file, anchor, page) => {
    const ofFile = included.filter((each) => each.file === file);
    const withAnchor = ofFile.find(
      ({ text }) => anchor !== '' && headingsOf(text).some((heading) => anchorOf(heading.text) === anchor),
    );
    if (withAnchor) return `/${withAnchor.page}#${anchor}`;
    const first = ofFile[0];
    // On its own page a file is where its first heading is.
    const heading = first?.page === page ? headingsOf(first.text)[0] : undefined;
    if (heading) return `/${page}#${anchorOf(heading.text)}`;
    if (first) return `/${first.page}`;
    return repositoryUrl && `${repositoryUrl}/blob/main/${file}${anchor && `#${anchor}`}`;
  };
}

/** @throws Error where a link leads to a file that is not there. */
function withLinks(text: string, file: string, linkTo: LinkTo): string {
  return outsideOfImages(text, (words, target) => {
    if (/^[a-z]+:/.test(target)) return `[${words}](${target})`;
    const [path = '', anchor = ''] = target.split('#');
    const named = path === '' ? file : normalize(join(dirname(file), path)).replace(/\/$/, '');
    if (!existsSync(join(repository, named)))
      throw new Error(`${file} leads to ${named}, which is not there.`);
    const readme = join(named, 'README.md');
    const address = linkTo(named, anchor) ?? linkTo(readme, anchor);
    // Outside of the repository there is nowhere to lead to: the words stay.
    return address === undefined ? words : `[${words}](${address})`;
  });
}

function outsideOfImages(text: string, change: (words: string, target: string) => string): string {
  // Words of a link may be code, so links are looked for in the whole text; code blocks hold none that match.
  let blocks = 0;
  return text
    .split(/(^```[\s\S]*?^```$)/m)
    .map((part) =>
      blocks++ % 2 === 1
        ? part
        : part.replaceAll(/(?<!!)\[((?:`[^`]*`|[^\]`])+)\]\(([^)\s]+)\)/g, (_, words, target) =>
            change(words, target),
          ),
    )
    .join('');
}
