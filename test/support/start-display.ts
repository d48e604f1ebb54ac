import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureProgram } from './ensure-packages.ts';

/** A screen that nobody sees, with a mouse and a keyboard as a person has them. */
export interface Display {
  /** For the environment of what is to be shown on it. */
  name: string;
  /** Presses keys by their X names, such as `Tab` or `alt+shift+u`. */
  press(...keys: string[]): void;
  click(x: number, y: number): void;
  /** How bright a pixel is, from 0 to 255. */
  brightness(x: number, y: number): number;
  stop(): void;
}

/** Starts Xvfb on a free display. */
export async function startDisplay(): Promise<Display> {
  const xvfb = ensureProgram('Xvfb', 'xvfb');
  const xdotool = ensureProgram('xdotool', 'xdotool');
  const folder = mkdtempSync(join(tmpdir(), 'usagekit-display-'));
  const server = spawn(
    xvfb,
    ['-displayfd', '1', '-screen', '0', '1280x900x24', '-fbdir', folder, '-nolisten', 'tcp'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const name = await new Promise<string>((resolve, reject) => {
    server.stdout.once('data', (chunk: Buffer) => resolve(`:${String(chunk).trim()}`));
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}.`)));
  });
  const env = { ...process.env, DISPLAY: name };
  const run = (args: string[]): void => {
    const { status, stderr } = spawnSync(xdotool, args, { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`xdotool ${args.join(' ')}: ${stderr}`);
  };
  return {
    name,
    press: (...keys) => run(['key', '--delay', '50', ...keys]),
    click: (x, y) => run(['mousemove', String(Math.round(x)), String(Math.round(y)), 'click', '1']),
    brightness: (x, y) => brightnessIn(readFileSync(join(folder, 'Xvfb_screen0')), x, y),
    stop() {
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Reads a pixel of a screen in the format of `xwd` (XWDFile.h): a header in big-endian words, colours, then lines. */
function brightnessIn(screen: Buffer, x: number, y: number): number {
  const headerBytes = screen.readUInt32BE(0);
  const bytesPerLine = screen.readUInt32BE(48);
  const colors = screen.readUInt32BE(76);
  const at = headerBytes + colors * 12 + y * bytesPerLine + x * 4;
  return (screen.readUInt8(at) + screen.readUInt8(at + 1) + screen.readUInt8(at + 2)) / 3;
}
