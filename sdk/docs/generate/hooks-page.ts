import { asMdx, cell, code, table } from './markdown.ts';
import type { Page } from './page.ts';
import type { Declared } from './read-types.ts';

/** Every hook with its signature and its words, as the code has them. */
export function hooksPage(kit: Map<string, Declared>): Page {
  const hooks = [...kit.values()].filter(({ name }) => /^use[A-Z]/.test(name));
  return {
    path: 'components/hooks',
    title: 'Hooks',
    description: 'What each hook takes and gives.',
    text: [
      '# Hooks',
      'What each hook takes and gives. How they are used stands in [the guide](/guide/widgets#hooks).',
      ...hooks
        .sort((a, b) => a.name.localeCompare(b.name))
        .flatMap(({ name, words, text, example }) => [
          `## ${name}`,
          asMdx(words),
          `\`\`\`ts\n${name}${text.replace(/ => (?=[^=>]*$)/, ': ')}\n\`\`\``,
          ...(example === '' ? [] : [`\`\`\`tsx\n${example}\n\`\`\``]),
        ]),
      '## What each gives',
      resourceTable(kit),
      '',
    ].join('\n\n'),
  };
}

function resourceTable(kit: Map<string, Declared>): string {
  const resource = kit.get('Resource');
  const rows = resource?.members.map(({ name, type, words }) => [
    code(name),
    cell(code(type)),
    asMdx(cell(words)),
  ]);
  return table(['field', 'type', 'what it is'], rows ?? []);
}
