import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second. */
const ticksPerSecond = 100;

/** Processor time of a process with all its threads so far, in milliseconds. On Linux alone. */
export function processorMs(processId: number): number {
  const fields = statOf(processId);
  return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1_000;
}

/** The processes that a process started. */
export function childrenOf(processId: number): number[] {
  return processIds().filter((each) => {
    try {
      return Number(statOf(each)[1]) === processId;
    } catch {
      return false;
    }
  });
}

/** The process whose command line holds all of the words. */
export function processWith(...words: string[]): number {
  const found = processIds().find((each) => {
    try {
      const line = readFileSync(`/proc/${each}/cmdline`, 'utf8').split('\0');
      return words.every((word) => line.includes(word));
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error(`No process runs with ${words.join(' ')}.`);
  return found;
}

function processIds(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** The fields behind the name, which may hold spaces; the first of them is the state. */
function statOf(processId: number): string[] {
  const text = readFileSync(`/proc/${processId}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}
