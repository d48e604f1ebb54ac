import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { bin, CommandLine, usagekit as run } from '../support/command-line.ts';

let folder: string;
const commands = new CommandLine(() => folder);
const usagekit = (line: string[], environment?: Record<string, string>) => commands.run(line, environment);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-line-'));
});
afterEach(() => commands.killAll());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('usagekit', { timeout: 240_000 }, () => {
  it('tells its commands, and how one is typed', async () => {
    const overview = await usagekit([]).ended;
    expect([overview.code, overview.out]).toEqual([0, expect.stringContaining('serve')]);
    const help = await run(['import', '--help']);
    expect([help.code, help.out]).toEqual([0, expect.stringContaining('--time-zone')]);
    expect((await usagekit(['dance']).ended).code).toBe(2);
    const flag = await run(['serve', '--prt', '1']);
    expect([flag.code, flag.err]).toEqual([2, expect.stringContaining("'--prt'")]);
  });

  it('F20: names what it does not know, and tells its version and help however they are asked for', async () => {
    expect((await run(['dance'])).err).toContain("'dance'");
    expect((await run(['serv'])).err).toContain('serve');
    expect(await run(['--version'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
    expect((await run(['-h'])).out).toContain('keys');
    expect((await run(['help', 'serve'])).out).toContain('--port');
    expect((await run(['keys'])).code).toBe(2);
    expect((await run(['help', 'keys'])).out).toContain('help [command]');
    // What has no commands below it takes the word as an operand.
    expect((await run(['grant', '--help'])).out).not.toContain('help [command]');
    expect((await run(['grant', 'help', '5', '--server', 'http://127.0.0.1:9'])).err).toContain(
      'USAGEKIT_SECRET_KEY',
    );
    expect((await run(['account', 'show'])).code).toBe(2);
  });

  it.each([
    ['dance', "Unknown command 'dance'.", ''],
    ['keys dance', "Unknown command 'dance'.", 'keys '],
    ['help dance', "Unknown command 'dance'.", ''],
    ['keys help dance', "Unknown command 'dance'.", ''],
    ['--jsn', "Unknown option '--jsn'.", ''],
    ['account show acme --wrong', "Unknown option '--wrong'.", 'account show '],
    ['export', "Missing required argument 'ACCOUNT'.", 'export '],
    ['serve --port', "Option '--port <value>' argument missing.", 'serve '],
    ['serve 1', "Too many arguments for 'serve'. Expected 0 arguments but got 1: 1.", 'serve '],
    ['import a.csv', '--account: is missing; it names the account whose usage the rows are.', 'import '],
    ['move', '--to: is missing; it takes postgres://... or a SQLite file to create.', 'move '],
    ['audit --limit -1', "--limit: '-1' is no number of entries, from 1.", 'audit '],
    ['listen --for -1', "--for: '-1' is no number of seconds.", 'listen '],
    ['grant acme 0', "AMOUNT: '0' is no amount above 0, such as 100 or 12.5.", 'grant '],
    [
      'grant acme 5 --expires-at soon',
      "--expires-at: 'soon' is no instant, such as 2027-01-01T00:00:00Z.",
      'grant ',
    ],
    [
      'catalog restore x',
      "VERSION: 'x' is no number; usagekit catalog versions lists the versions.",
      'catalog restore ',
    ],
  ])('F20: says of %j what is wrong, and whose help to read', async (line, says, helps) => {
    const { code, out, err } = await run(line.split(' '));
    expect([code, out, err]).toEqual([2, '', `${says}\nSee usagekit ${helps}--help.\n`]);
  });

  it('F20: says in words which file the system did not open', async () => {
    const missing = join(folder, 'missing', 'prices.json');
    const { code, err } = await run(['prices', 'import', missing, '--server', 'http://127.0.0.1:9']);
    expect([code, err]).toEqual([1, `'${missing}' cannot be opened: there is no such file or folder.\n`]);
  });

  it('F20: takes a negative amount for an operand, and ends well where its reader has seen enough', async () => {
    const key = { USAGEKIT_SECRET_KEY: 'sk_test_0000000000000000' };
    const taken = await run(['grant', 'acme', '-5', '--server', 'http://127.0.0.1:9'], key);
    expect([taken.code, taken.err]).toEqual([
      2,
      "AMOUNT: '-5' is no amount above 0, such as 100 or 12.5.\nSee usagekit grant --help.\n",
    ]);
    const asked = await run(['grant', 'acme', '5', '--server', 'http://127.0.0.1:9'], key);
    expect([asked.code, asked.err]).toEqual([1, 'No server answers at http://127.0.0.1:9.\n']);
    const { child, ended } = usagekit(['catalog', 'schema']);
    child.stdout?.destroy();
    const { code, err } = await ended;
    expect([code, err]).toEqual([0, '']);

    // Words for people may be read by the same pipe, with `2>&1`.
    const wrong = usagekit(['serve', '--prt', '1']);
    wrong.child.stderr?.destroy();
    expect([2, 0]).toContain((await wrong.ended).code);
  });

  it('F30: says which Node it needs, on one that does not have what it imports', () => {
    // Node 20 as the command meets it: its version, and no compile cache in `node:module`.
    const old = `
      import { registerHooks } from 'node:module';
      Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });
      Object.defineProperty(process, 'version', { value: 'v20.20.2' });
      registerHooks({
        resolve: (name, context, next) =>
          name === 'node:module'
            ? { url: 'data:text/javascript,export const createRequire = () => {}', shortCircuit: true }
            : next(name, context),
      });`;
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(old)}`, bin, 'serve'],
      { encoding: 'utf8' },
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/^usagekit needs Node 24 or newer and found v20\.20\.2\. .*npm install node@24/);
  });

  it("runs the server's commands from any folder, whichever package's command of that name was linked", () => {
    const kit = fileURLToPath(new URL('../../../sdk/bin/usagekit.js', import.meta.url));
    const { stdout, stderr } = spawnSync(process.execPath, ['--conditions=source', kit, '--version'], {
      cwd: tmpdir(),
      encoding: 'utf8',
    });
    expect([stdout, stderr]).toEqual([expect.stringMatching(/^\d+\.\d+/), '']);
  });

  it('F20: no command but serve makes a database: a file that is not there was named wrong', async () => {
    for (const line of [
      ['reconcile'],
      ['account', 'show', 'acme'],
      ['keys', 'create'],
      ['grant', 'acme', '5'],
    ]) {
      const { code, out, err } = await run([...line, '--database', join(folder, 'nope.sqlite')]);
      expect([code, out, err]).toEqual([1, '', expect.stringMatching(/nope\.sqlite is not there.*\n$/)]);
    }
    expect(existsSync(join(folder, 'nope.sqlite'))).toBe(false);
  });

  it('F20: says in one line where no server answers, or something else does', async () => {
    const key = { USAGEKIT_SECRET_KEY: 'sk_test_0000000000000000' };
    const away = await run(['keys', 'list', '--server', 'http://127.0.0.1:9'], key);
    expect([away.code, away.err]).toEqual([1, 'No server answers at http://127.0.0.1:9.\n']);
    const both = ['--server', 'http://127.0.0.1:9', '--database', 'line.sqlite'];
    expect(await run(['keys', 'list', ...both], key)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--server and --database name two places: give one of them.'),
    });
    const bare = await run(['keys', 'list', '--server', '127.0.0.1'], key);
    expect([bare.code, bare.err]).toEqual([2, expect.stringContaining("'127.0.0.1' is no address")]);

    const page = createServer((_, response) => {
      response.setHeader('content-type', 'text/html').end('<html><p>Sign in</p></html>');
    });
    await once(page.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void page.close());
    const url = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
    for (const line of [
      ['keys', 'list'],
      ['account', 'show', 'acme'],
      ['grant', 'acme', '5'],
      ['export', 'acme'],
      ['export', 'acme', '--out', join(folder, 'acme.csv')],
      ['audit'],
      ['reconcile'],
      ['doctor'],
      ['backup', join(folder, 'page.sqlite')],
    ]) {
      const { code, out, err } = await run([...line, '--server', url], key);
      expect([line[0], code, out, err]).toEqual([
        line[0],
        1,
        '',
        `What answers at ${url} is no UsageKit server.\n`,
      ]);
    }
    expect(existsSync(join(folder, 'acme.csv'))).toBe(false);
  });

  it('F20: ends with 2 where the line was typed wrong, and with 1 where what it asks for failed', async () => {
    const codeOf = async (line: string[], environment?: NodeJS.ProcessEnv) =>
      (await run(line, environment)).code;
    expect(await codeOf(['serve', '--port', 'abc'])).toBe(2);
    expect(await codeOf(['serve', '--port'])).toBe(2);
    expect(await codeOf(['serve', '--mode', 'real'])).toBe(2);
    expect(await codeOf(['reconcile', '--database-url', 'mysql://x'])).toBe(2);
    expect(await codeOf(['keys', 'list', '--json', 'true'])).toBe(2);
    expect(await codeOf(['export', 'acme', '--what', 'all-of-it'])).toBe(2);
    expect(await codeOf(['serve'], { USAGEKIT_PORT: 'abc' })).toBe(1);
    expect(await codeOf(['reconcile', '--database', join(folder, 'not-there.sqlite')])).toBe(1);
  });

  it('F20: writes no colours to a file or a pipe, and none where NO_COLOR is set', async () => {
    for (const line of [[], ['serve', '--help'], ['dance'], ['keys'], ['serve', '--port', 'abc']]) {
      const { out, err } = await run(line, { FORCE_COLOR: '1' });
      expect(`${out}${err}`).not.toContain('\u001b');
    }
    // As on a terminal, whose colours Node looks up in the environment.
    const terminal = `
      import tty from 'node:tty';
      for (const stream of [process.stdout, process.stderr]) {
        stream.isTTY = true;
        stream.getColorDepth = (environment = process.env) =>
          tty.WriteStream.prototype.getColorDepth.call(stream, environment);
        stream.hasColors = () => stream.getColorDepth() > 2;
      }
      process.stdin.isTTY = true;
      process.stdin.setRawMode = () => process.stdin;`;
    const asked = async (environment: Record<string, string>) => {
      const { child, ended, out } = usagekit(['init'], {
        ...environment,
        TERM: 'xterm-256color',
        NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(terminal)}`,
      });
      await out(/Which framework/);
      child.stdin?.end('\u0003');
      return (await ended).out;
    };
    // Colours and no other codes: a question moves the cursor.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
    const colours = /\u001b\[(3|4|9|10)\d(;\d+)*m/;
    expect(await asked({})).toMatch(colours);
    expect(await asked({ NO_COLOR: '1' })).not.toMatch(colours);
  });

  it('names the variable that is wrong before it opens anything, in one line', async () => {
    const { code, out, err } = await usagekit(['serve'], { USAGEKIT_PORT: 'http' }).ended;
    expect([code, out, err]).toEqual([
      1,
      '',
      "USAGEKIT_PORT: 'http' is no port; a whole number from 0 to 65535 is\n",
    ]);
  });

  it('F20: takes no address of PostgreSQL for a file, and says which option names it', async () => {
    const { code, out, err } = await usagekit(['serve', '--database', 'postgres://u@127.0.0.1/x']).ended;
    expect([code, out, err]).toEqual([
      2,
      '',
      '--database: it names a SQLite file; --database-url names PostgreSQL\n',
    ]);
  });

  it('tells every mistake of a catalog file with its place', async () => {
    writeFileSync(join(folder, 'bad.json'), JSON.stringify({ creditLabel: 'credit', plans: [], colour: 1 }));
    const { code, err } = await usagekit(['serve', '--catalog', 'bad.json', '--port', '0']).ended;
    expect(code).toBe(1);
    for (const place of [
      '--catalog: bad.json',
      '/creditLabel',
      '/plans',
      '/colour: is not known here (accepted: $schema, creditLabel, ',
    ])
      expect(err).toContain(place);
    expect(err).not.toContain('    at ');
  });

  it('tells a catalog module without a default export, and the line of one that cannot be read', async () => {
    writeFileSync(join(folder, 'named.mjs'), 'export const catalog = {};\n');
    writeFileSync(join(folder, 'broken.mjs'), 'export default {\n  plans: [,\n};\n');
    const told = (file: string) => usagekit(['serve', '--port', '0', '--catalog', file]).ended;
    expect((await told('named.mjs')).err).toContain(
      "named.mjs has no default export: write 'export default'",
    );
    expect((await told('broken.mjs')).err).toMatch(/broken\.mjs cannot be read: .*\(line 3\)/);
    writeFileSync(join(folder, 'broken.json'), '{\n  "plans": [,\n}\n');
    expect((await told('broken.json')).err).toContain(
      'broken.json cannot be read: it is no JSON from line 2, column 13 on',
    );
    for (const gone of ['gone.ts', 'gone.json'])
      expect((await told(gone)).err).toBe(`--catalog: ${gone} is not there\n`);
    const served = await usagekit(['serve', '--port', '0'], { USAGEKIT_CATALOG_FILE: 'named.mjs' }).ended;
    expect(served.err).toMatch(/^USAGEKIT_CATALOG_FILE: /);
  });

  it('F14: serves with one command, shows its first key once, and stops gently at SIGTERM', async () => {
    const first = usagekit(['serve', '--port', '0', '--database', 'line.sqlite']);
    const text = await first.out(/sk_test_\S+/);
    const url = /http:\/\/\S+?(?=,)/.exec(text)?.[0] ?? '';
    const key = /sk_test_\S+/.exec(text)?.[0] ?? '';
    const put = await fetch(`${url}/v1/accounts/acme`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(put.status).toBe(201);

    const held = await usagekit(['account', 'show', 'acme', '--database', 'line.sqlite']).ended;
    expect([held.code, held.err]).toEqual([
      1,
      expect.stringMatching(/^\S+ is in use by another process\..*\n$/),
    ]);
    const shown = await usagekit(['account', 'show', 'acme', '--server', url], { USAGEKIT_SECRET_KEY: key })
      .ended;
    expect([shown.code, shown.out]).toEqual([0, expect.stringContaining('acme (acme), Free plan, UTC')]);

    first.child.kill('SIGTERM');
    const stopped = await first.ended;
    expect(stopped.code).toBe(0);
    expect(stopped.err).not.toContain(key);

    const made = await usagekit(['keys', 'create', '--database', 'line.sqlite', '--label', 'second']).ended;
    expect(made.out).toMatch(/^sk_test_\S+\n$/);
    const second = usagekit(['serve', '--port', '0', '--database', 'line.sqlite']);
    const again = await second.out(/listens/);
    const whoami = await fetch(`${/http:\/\/\S+?(?=,)/.exec(again)?.[0]}/v1/whoami`, {
      headers: { authorization: `Bearer ${made.out.trim()}` },
    });
    expect(await whoami.json()).toMatchObject({ caller: 'secret_key' });
    const secondUrl = /http:\/\/\S+?(?=,)/.exec(again)?.[0] ?? '';
    const own = { USAGEKIT_SECRET_KEY: made.out.trim() };
    const listed = await usagekit(['keys', 'list', '--server', secondUrl], own).ended;
    const firstId =
      listed.out
        .split('\n')
        .find((line) => line.endsWith('first'))
        ?.split('  ')[0] ?? '';
    const revoked = await usagekit(['keys', 'revoke', firstId, '--server', secondUrl], own).ended;
    expect([revoked.code, revoked.out]).toEqual([0, `Revoked ${firstId}.\n`]);
    const refused = await fetch(`${secondUrl}/v1/whoami`, { headers: { authorization: `Bearer ${key}` } });
    expect(refused.status).toBe(401);
    second.child.kill('SIGTERM');
    expect((await second.ended).out).not.toContain('sk_test_');
  });

  it('leads from the first start in live mode to a key that holds, with the commands that it prints', async () => {
    const live = ['serve', '--mode', 'live', '--port', '0', '--database', 'live.sqlite'];
    const first = usagekit(live);
    const told = await first.out(/no catalog/);
    expect(told).not.toContain('sk_');
    const command = /Stop it, and make one: usagekit (.+)/.exec(told)?.[1] ?? '';
    expect(command).toBe('keys create --database live.sqlite --mode live');
    first.child.kill('SIGTERM');
    await first.ended;

    const key = (await usagekit(command.split(' ')).ended).out.trim();
    expect(key).toMatch(/^sk_live_\S+$/);
    const second = usagekit(live);
    const url = /http:\/\/\S+?(?=,)/.exec(await second.out(/no catalog/))?.[0] ?? '';
    expect(await second.out(/listens/)).not.toContain('no live key');
    const environment = { USAGEKIT_SECRET_KEY: key };
    const twoPlaces = await usagekit(['keys', 'create', '--server', url, '--mode', 'live'], environment)
      .ended;
    expect([twoPlaces.code, twoPlaces.err]).toEqual([2, expect.stringContaining('--mode')]);
    const [id = ''] = (await usagekit(['keys', 'list', '--server', url], environment).ended).out.split('  ');
    second.child.kill('SIGTERM');
    await second.ended;
    const rotated = await usagekit(['keys', 'rotate', id, '--database', 'live.sqlite']).ended;
    expect(rotated.out).toMatch(/^sk_live_/);
  });
});
