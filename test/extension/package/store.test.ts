// @vitest-environment node
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifestOf from '../../../extension/package.json' with { type: 'json' };

const folder = join(import.meta.dirname, '../../../extension/store');
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const { manifest } = manifestOf;

describe('the texts for the stores', () => {
  it('give each permission its reason, and name no other', () => {
    const rows = [...read('permissions.md').matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$/gm)];
    expect(rows.map(([, name]) => name).sort()).toEqual(
      [
        ...manifest.permissions,
        // The bundler adds it where there is a side panel.
        'sidePanel',
        ...manifest.optional_permissions,
        ...manifest.optional_host_permissions,
      ].sort(),
    );
    for (const [, , when = '', reason = ''] of rows) {
      expect(when.trim()).not.toBe('');
      expect(reason.trim().length).toBeGreaterThan(20);
    }
  });

  it('say in the summary what the manifest says, in the room that the store gives', () => {
    const english = JSON.parse(readFileSync(join(folder, '../locales/en/messages.json'), 'utf8')) as Record<
      string,
      { message: string }
    >;
    const summary = english.extensionDescription?.message ?? '';
    expect(summary.length).toBeLessThanOrEqual(132);
    expect(read('listing.md')).toContain(summary);
  });

  it('have screenshots of the size that the stores take', () => {
    const files = globSync('screenshots/*.png', { cwd: folder });
    expect(files.length).toBeGreaterThanOrEqual(4);
    for (const file of files) {
      // Width and height stand at the beginning of a PNG.
      const image = readFileSync(join(folder, file));
      expect([file, image.readUInt32BE(16), image.readUInt32BE(20)]).toEqual([file, 1280, 800]);
    }
  });

  it('have a privacy policy that names what is sent, read, kept and how it ends', () => {
    for (const part of ['What it sends', 'What it reads', 'What it keeps', 'How it ends'])
      expect(read('privacy-policy.md')).toContain(`**${part}`);
  });
});
