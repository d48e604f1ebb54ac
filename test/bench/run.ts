import { fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Bench, type BenchResult, judge, type Measurement } from './bench.ts';

const usage = 'npm run bench -- [--only <name>]... [--json]';

interface Answer {
  name: string;
  description: string;
  result: BenchResult;
  figures: Record<string, number>;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
      measure: { type: 'string' },
    },
  });
  if (values.help) process.stdout.write(`${usage}\n`);
  else if (values.measure !== undefined) process.send?.(await measure(values.measure));
  else await runBenches(values.only, values.json ?? false);
}

async function runBenches(only: string[] | undefined, json: boolean): Promise<void> {
  const names = [...benchFiles().keys()].sort();
  const unknown = (only ?? []).filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new Error(`No bench is called ${unknown.join(', ')}; there are ${names.join(', ')}.`);

  const results: Record<string, BenchResult> = {};
  for (const name of only ?? names) {
    if (!json) process.stdout.write(`${name} ...\n`);
    const answer = await measureApart(name);
    results[answer.name] = answer.result;
    if (!json) process.stdout.write(format(answer));
  }
  if (json) process.stdout.write(`${JSON.stringify(results)}\n`);
}

const ending = '.bench.ts';

/** The file of each bench, in whichever folder it stands, by its name. */
function benchFiles(): ReadonlyMap<string, string> {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  return new Map(
    files.filter((file) => file.endsWith(ending)).map((file) => [basename(file, ending), `./${file}`]),
  );
}

/** One bench after another, each in a fresh process: what one leaves in memory does not weigh on the next. */
function measureApart(name: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // What a bench or its server prints goes to standard error, since standard output may be for machines.
    const child = fork(fileURLToPath(import.meta.url), ['--measure', name], {
      stdio: ['ignore', process.stderr, process.stderr, 'ipc'],
    });
    let answer: Answer | undefined;
    child.on('message', (message) => {
      answer = message as Answer;
      child.disconnect();
    });
    child.on('exit', (code) => {
      if (answer === undefined) reject(new Error(`${name} could not be measured (exit code ${code}).`));
      else resolve(answer);
    });
  });
}

async function measure(name: string): Promise<Answer> {
  const { bench }: { bench: Bench } = await import(benchFiles().get(name) ?? name);
  if (bench.name !== name) throw new Error(`${name}${ending} calls its bench ${bench.name}.`);
  const measurement: Measurement = await bench.measure();
  return {
    name: bench.name,
    description: bench.description,
    result: judge(bench, measurement),
    figures: measurement.figures ?? {},
  };
}

function format({ description, result, figures }: Answer): string {
  const figureLines = Object.entries(figures).map(
    ([name, value]) => `  ${Math.round(value * 1000) / 1000} ${name}\n`,
  );
  const verdict = result.met ? 'met' : 'NOT MET';
  return `  ${result.ratio.toFixed(3)} (target ${result.target}) ${verdict}: ${description}\n${figureLines.join('')}`;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
