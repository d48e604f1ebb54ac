// @vitest-environment node
import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';

const sources = join(import.meta.dirname, '../../extension/src');
const filesOf = (folder: string) =>
  globSync(`${folder}/**/*.{ts,tsx}`, { cwd: sources }).map((file) => ({
    file,
    text: readFileSync(join(sources, file), 'utf8'),
  }));
const importsOf = (text: string) =>
  [...text.matchAll(/(?:from |import |import\()'([^']+)'/g)].map(([, path = '']) => path);

/** What each folder may import of the others. */
const allowed: Record<string, readonly string[]> = {
  words: [],
  core: ['words'],
  chrome: ['core', 'words'],
  background: ['core', 'chrome', 'site-script', 'words'],
  // The words of the card come with the message that shows it.
  'site-script': ['core', 'chrome'],
  'kit-messages': [],
  pages: ['core', 'chrome', 'kit-messages', 'words'],
  popup: ['core', 'chrome', 'pages', 'words'],
  sidepanel: ['core', 'chrome', 'kit-messages', 'pages', 'words'],
  options: ['core', 'chrome', 'pages', 'words'],
};

describe('the extension’s folders', () => {
  it.each(Object.entries(allowed))('%s imports only what lies beneath it', (folder, others) => {
    const files = filesOf(folder);
    expect(files.length).toBeGreaterThan(0);
    for (const { file, text } of files) {
      for (const path of importsOf(text)) {
        const own = path.replace(/^url:/, '');
        if (!own.startsWith('.')) continue;
        const [other = ''] = posix.join(posix.dirname(file), own).split('/');
        if (other !== folder) expect([file, others]).toEqual([file, expect.arrayContaining([other])]);
      }
    }
  });

  it('core names no browser, no clock, no chance and no network', () => {
    for (const { file, text } of filesOf('core')) {
      const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      expect([
        file,
        code.match(
          /\bchrome\.|\bDate\.now\b|\bMath\.random\b|\bfetch\(|\bsetTimeout\b|\bdocument\.|\bwindow\./,
        ),
      ]).toEqual([file, null]);
    }
  });

  it('take from other workspaces the contract, the widgets and their texts, and nothing else', () => {
    const taken = new Set(
      Object.keys(allowed).flatMap((folder) =>
        filesOf(folder).flatMap(({ text }) =>
          importsOf(text).filter((path) => path.startsWith('@usagekit/')),
        ),
      ),
    );
    expect([...taken].sort()).toEqual([
      '@usagekit/react',
      '@usagekit/react/credit-balance',
      '@usagekit/react/messages/ar',
      '@usagekit/react/messages/de',
      '@usagekit/react/messages/ja',
      '@usagekit/react/usage-panel/no-charts',
      '@usagekit/server/contract',
    ]);
  });

  it('relays no page’s message to the background', () => {
    for (const folder of Object.keys(allowed)) {
      for (const { file, text } of filesOf(folder))
        expect([file, /\brelay(Message)?\(/.test(text)]).toEqual([file, false]);
    }
  });
});
