import { expect, it } from 'vitest';
import { LaterTries } from '../../../server/src/app/retry/later-tries.ts';

it('lets a thing that failed wait, until its time has come or it succeeds', () => {
  const later = new LaterTries({ delayMs: 100 });
  later.failed('acme', 1_000);
  expect(later.isWaiting('acme', 1_099)).toBe(true);
  expect(later.isWaiting('globex', 1_099)).toBe(false);
  expect(later.isWaiting('acme', 1_100)).toBe(false);
  later.failed('acme', 2_000);
  later.succeeded('acme');
  expect(later.isWaiting('acme', 2_000)).toBe(false);
});

it('remembers nothing whose time has come, even of things that are never looked at again', () => {
  const later = new LaterTries({ delayMs: 100 });
  for (let atMs = 0; atMs < 10_000; atMs += 10) later.failed(`gone-${atMs}`, atMs);
  expect(later.size).toBe(10);
  expect(later.isWaiting('another', 20_000)).toBe(false);
  expect(later.size).toBe(0);
});

it('remembers a thing that fails again and again once, from its last failure on', () => {
  const later = new LaterTries({ delayMs: 100 });
  later.failed('first', 0);
  later.failed('second', 10);
  later.failed('first', 20);
  expect(later.size).toBe(2);
  expect(later.isWaiting('first', 119)).toBe(true);
  expect(later.isWaiting('second', 119)).toBe(false);
});

it('remembers at most so many, and forgets what failed longest ago', () => {
  const later = new LaterTries({ delayMs: 100, keptMax: 2 });
  for (const key of ['first', 'second', 'third']) later.failed(key, 0);
  expect(['first', 'second', 'third'].map((key) => later.isWaiting(key, 0))).toEqual([false, true, true]);
});
