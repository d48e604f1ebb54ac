/** A heading of a Markdown text, outside of code. */
export interface Heading {
  level: number;
  text: string;
  /** The line it stands in, from 0. */
  line: number;
}

const fence = /^\s*(```|~~~)/;

/** The headings of a text in their order. */
export function headingsOf(markdown: string): Heading[] {
  let isCode = false;
  return markdown.split('\n').flatMap((text, line) => {
    if (fence.test(text)) isCode = !isCode;
    const [, hashes, words] = (!isCode && /^(#{1,6}) (.+)$/.exec(text)) || [];
    return hashes && words ? [{ level: hashes.length, text: words.trim(), line }] : [];
  });
}

/** The anchor of a heading, as on GitHub and on the site. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
}

/**
 * A part of a text: the section under a heading with all that is beneath it, or what stands before the first section.
 * @throws Error where there is no such section.
 */
export function sectionOf(markdown: string, heading: string | 'intro'): string {
  const lines = markdown.split('\n');
  const headings = headingsOf(markdown);
  if (heading === 'intro') {
    const first = headings.find(({ level }) => level === 1);
    const next = headings.find(({ level }) => level > 1);
    return lines
      .slice((first?.line ?? -1) + 1, next?.line)
      .join('\n')
      .trim();
  }
  const found = headings.find(({ text }) => text === heading);
  if (!found) {
    throw new Error(
      `There is no section '${heading}'; there are: ${headings.map(({ text }) => text).join(', ')}.`,
    );
  }
  const end = headings.find(({ level, line }) => line > found.line && level <= found.level);
  return lines.slice(found.line, end?.line).join('\n').trim();
}

/** A text without its first heading. */
export function bodyOf(markdown: string): string {
  return markdown.replace(/^#{1,6} .+\n*/, '').trim();
}

/** Moves all headings so that the highest of them has a level. */
export function withTopLevel(markdown: string, level: number): string {
  const headings = headingsOf(markdown);
  const shift = level - Math.min(...headings.map((each) => each.level));
  const at = new Map(headings.map((each) => [each.line, each]));
  return markdown
    .split('\n')
    .map((text, line) => {
      const heading = at.get(line);
      return heading ? `${'#'.repeat(heading.level + shift)} ${heading.text}` : text;
    })
    .join('\n');
}

/** Runs over a text outside of fenced code and code in the line. */
export function outsideOfCode(markdown: string, change: (text: string) => string): string {
  const parts = markdown.split(
    /(^[ \t]*(?:```|~~~)[\s\S]*?^[ \t]*(?:```|~~~)[ \t]*$|(?<!`)(`+)(?!`)[^\n]*?(?<!`)\2(?!`))/m,
  );
  return parts.map((part, index) => (index % 3 === 0 ? change(part) : index % 3 === 1 ? part : '')).join('');
}

/** Markdown as MDX reads it: braces and angles of prose are no code. */
export function asMdx(markdown: string): string {
  return outsideOfCode(markdown, (text) => text.replaceAll(/[{}<]/g, (sign) => `\\${sign}`));
}

/** A cell of a table. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
}

export function table(head: string[], rows: string[][]): string {
  if (rows.length === 0) return '';
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** Code in the line, whatever it holds. */
export function code(text: string): string {
  return text === '' ? '' : text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}
