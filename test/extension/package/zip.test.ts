// @vitest-environment node
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, it, onTestFinished } from 'vitest';
import { zipFolder } from '../../../extension/pack/zip-folder.ts';

it('packs the same files to the same bytes, wherever and whenever', () => {
  const folder = mkdtempSync(join(tmpdir(), 'usagekit-zip-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [first, second] = [join(folder, 'first'), join(folder, 'second')];
  mkdirSync(join(first, 'static/background'), { recursive: true });
  writeFileSync(join(first, 'manifest.json'), '{}');
  writeFileSync(join(first, 'static/background/index.js'), 'work()');
  cpSync(first, second, { recursive: true });
  utimesSync(join(second, 'manifest.json'), new Date(0), new Date(1e12));
  const zip = zipFolder(first);
  expect(Buffer.from(zipFolder(second)).equals(Buffer.from(zip))).toBe(true);
  expect(Object.keys(unzipSync(zip))).toEqual(['manifest.json', 'static/background/index.js']);
});
