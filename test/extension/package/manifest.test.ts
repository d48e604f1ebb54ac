// @vitest-environment node
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildMsMax } from '../../../extension/pack/build-for.ts';
import { buildExtension } from '../../../extension/test-support/build-extension.ts';

const styles = join(import.meta.dirname, '../../../sdk/src/styles');

let folder: string;
let manifest: Record<string, unknown>;

beforeAll(() => {
  folder = buildExtension();
  manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
}, buildMsMax);

describe('the built manifest', () => {
  it('F17: asks at install for nothing that the browser warns of, and for no site at all', () => {
    expect(manifest).toMatchObject({
      permissions: ['sidePanel', 'storage', 'alarms', 'webRequest', 'scripting', 'activeTab'],
      host_permissions: [],
    });
  });

  it('F17: runs no script on any site by itself, least of all on every site', () => {
    expect(manifest.content_scripts ?? []).toEqual([]);
    const { optional_host_permissions: optional, ...rest } = manifest;
    expect(optional).toEqual(['https://*/*', 'http://localhost/*', 'http://127.0.0.1/*']);
    expect(JSON.stringify(rest)).not.toMatch(/<all_urls>|\*:\/\/|https?:\/\/\*/);
  });

  it('asks for notifications at the moment of use', () => {
    expect(manifest.optional_permissions).toEqual(['notifications']);
  });

  it('F17: gives pages and other extensions nothing to reach', () => {
    expect(manifest.externally_connectable).toEqual({ ids: [] });
    expect(manifest.web_accessible_resources ?? []).toEqual([]);
  });

  it('runs no script but its own, and lets itself be framed by nobody', () => {
    const { extension_pages: policy } = manifest.content_security_policy as { extension_pages: string };
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('holds nothing that was not looked at: these fields and no other', () => {
    expect(Object.keys(manifest).sort()).toEqual(
      [
        'action',
        'author',
        'background',
        'commands',
        'content_security_policy',
        'default_locale',
        'description',
        'externally_connectable',
        'host_permissions',
        'icons',
        'manifest_version',
        'minimum_chrome_version',
        'name',
        'optional_host_permissions',
        'optional_permissions',
        'options_ui',
        'permissions',
        'side_panel',
        'version',
      ].sort(),
    );
  });
});

describe('the name and description in the browser', () => {
  it.each(['en', 'de', 'ja', 'ar'])('are there in %s, and short enough for a store', (language) => {
    const file = join(folder, '_locales', language, 'messages.json');
    const messages = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { message: string }>;
    for (const field of ['name', 'description']) {
      const [, key = ''] = /^__MSG_(\w+)__$/.exec(String(manifest[field])) ?? [];
      expect(messages[key]?.message).toMatch(/\S/);
      expect(messages[key]?.message.length).toBeLessThanOrEqual(field === 'name' ? 75 : 132);
    }
    expect(manifest.default_locale).toBe('en');
  });
});

describe('the popup’s sheet', () => {
  it('F9: has every rule of the kit that the popup shows, and no more than 24 kB', () => {
    const [script = '', sheet = ''] = ['popup.*.js', 'popup.*.css'].map((pattern) =>
      readFileSync(join(folder, globSync(pattern, { cwd: folder })[0] ?? ''), 'utf8'),
    );
    const kit = globSync('**/*.css', { cwd: styles }).map((file) => readFileSync(join(styles, file), 'utf8'));
    const classesOf = (text: string) => new Set(text.match(/\buk-[a-z-]+/g));
    const ruled = classesOf(kit.join('\n'));
    const here = classesOf(sheet);
    const shown = [...classesOf(script)].filter((name) => ruled.has(name));
    expect(shown.length).toBeGreaterThan(15);
    expect(shown.filter((name) => !here.has(name))).toEqual([]);
    expect(sheet.length).toBeLessThan(24_000);
  });
});

describe('the popup’s page', () => {
  it('paints by a script of less than 70 kB, which has the popup’s own script read', () => {
    const page = readFileSync(join(folder, 'popup.html'), 'utf8');
    const [, first = '', next = ''] = /<script src="\/([^"]+)" data-next="\/([^"]+)" defer>/.exec(page) ?? [];
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(readFileSync(join(folder, first), 'utf8').length).toBeLessThan(70_000);
    expect(readFileSync(join(folder, next), 'utf8')).toContain('popup-account');
  });
});

describe('the built scripts', () => {
  const read = (pattern: string): string => {
    const [file, ...others] = globSync(pattern, { cwd: folder });
    expect([pattern, others]).toEqual([pattern, []]);
    return readFileSync(join(folder, file ?? ''), 'utf8');
  };

  it('hold no way to run text as code', () => {
    for (const file of globSync('**/*.js', { cwd: folder })) {
      expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(
        /\beval\(|\bFunction\(['"`]|importScripts\(/,
      );
    }
  });

  it.each(['de', 'ja', 'ar'])(
    'F26: give the kit’s texts in %s by a file that only a browser of it reads',
    (language) => {
      const page: { usagekitMessages?: { common: { close: string } } } = {};
      runInNewContext(read(`${language}.*.js`), { ...page, globalThis: page, Intl });
      expect(page.usagekitMessages?.common.close).toMatch(/\S/);
      expect(page.usagekitMessages?.common.close).not.toBe('Close');
      expect(read('popup.*.js')).not.toContain(page.usagekitMessages?.common.close);
    },
  );

  it('keep what runs on a site small: no React, no widget, under 10 kB until a card opens', () => {
    const script = read('site-script.*.js');
    expect(script.length).toBeLessThan(10_000);
    expect(script).not.toContain('react');
  });

  it('F17: keep the token out of what runs on a site', () => {
    const script = read('site-script.*.js');
    expect(script).not.toMatch(/Authorization|Bearer|usagekit\.token|storage\.local|connection/);
  });
});
