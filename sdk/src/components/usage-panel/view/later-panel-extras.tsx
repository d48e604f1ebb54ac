'use client';
import { type ComponentType, Suspense, useState } from 'react';
import { loadUntilThere } from '../../../live/load-until-there.ts';
import { lazyPart } from '../../parts/lazy-part.ts';
import { type SkeletonLine, SkeletonLines } from '../../parts/widget/skeleton.tsx';
import type { PanelExtras } from './panel-extras.tsx';

let loaded: PanelExtras | undefined;
let loading: Promise<PanelExtras> | undefined;

function load(): Promise<PanelExtras> {
  loading ??= loadUntilThere(async () => {
    loaded = (await import('./panel-extras-part.ts')).panelExtras;
    return loaded;
  });
  return loading;
}

// A server that renders a page without waiting draws what is there by then.
if (typeof document === 'undefined') void load();

const meterRoom: SkeletonLine = [36, 100, 22];

/** What only some accounts have, loaded as soon as an answer has some of it. Until then there is room for it. */
export const laterPanelExtras: PanelExtras = {
  Paused: later('Paused', () => [[48]]),
  // Its line is as high without it.
  Level: later('Level'),
  Beyond: later('Beyond'),
  About: later('About'),
  Legend: later('Legend', () => [[16]]),
  MoneySwitch: later('MoneySwitch'),
  Meters: later('Meters', () => [[20]]),
  Balance: later('Balance', () => [[18]]),
  Categories: later('Categories', ({ categories }) => [
    [16],
    ...categories.map(() => [14, 100, 14] as const),
  ]),
  TimeLimits: later('TimeLimits', ({ windows }) => [[16], ...windows.map(() => meterRoom)]),
  Empty: later('Empty', () => [[60]]),
  MyUsage: later('MyUsage', ({ meters }) => [[16], ...meters.map(() => meterRoom)]),
};

function later<Props extends object>(
  name: keyof PanelExtras,
  room: (props: Props) => readonly SkeletonLine[] = () => [],
): ComponentType<Props> {
  const Lazy = lazyPart(load, name) as ComponentType<object>;
  return function Later(props: Props) {
    // One that is there is drawn at once; a lazy one would be a turn later.
    const [Part] = useState(() => (loaded?.[name] as ComponentType<object> | undefined) ?? Lazy);
    return (
      <Suspense fallback={<SkeletonLines lines={room(props)} />}>
        <Part {...props} />
      </Suspense>
    );
  };
}
