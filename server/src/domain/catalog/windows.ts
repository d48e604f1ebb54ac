import { apiBounds } from '../../contract/api-bounds.ts';
import type { PlanConfig, PlanWindowConfig } from '../../contract/catalog/catalog.ts';
import type { WindowOwner } from '../../contract/usage/usage.ts';
import { windowKinds } from '../../contract/usage/window-kinds.ts';
import { creditsMetric } from '../usage/cells.ts';
import type { CatalogReader, Placed } from './catalog-reader.ts';
import type { Metric, PlanWindow, SeatType } from './catalog-types.ts';

const owners: readonly WindowOwner[] = ['account', 'member'];

/** A plan's limits by windows of time. Two that count the same would be one limit twice. */
export function readWindows(
  reader: CatalogReader,
  { entry: plan, pointer }: Placed<PlanConfig>,
  metrics: ReadonlyMap<string, Metric>,
  seatTypes: ReadonlyMap<string, SeatType>,
): readonly PlanWindow[] {
  const seen = new Set<string>();
  if ((plan.windows?.length ?? 0) > apiBounds.windowsPerPlanMax)
    reader.mistake(
      `${pointer}/windows`,
      `It has ${plan.windows?.length} windows`,
      `at most ${apiBounds.windowsPerPlanMax}`,
    );
  return reader.entries(`${pointer}/windows`, plan.windows).map((placed) => {
    const window = readWindow(reader, placed, metrics);
    const { perSeat } = placed.entry;
    if (perSeat !== undefined)
      reader.reference(`${placed.pointer}/perSeat`, perSeat, seatTypes.keys(), 'seat type');
    const counts = `${window.of} ${window.key}`;
    if (seen.has(counts))
      reader.mistake(placed.pointer, 'Another window counts the same', 'another metric, kind or length');
    seen.add(counts);
    return window;
  });
}

function readWindow(
  reader: CatalogReader,
  { entry, pointer }: Placed<PlanWindowConfig>,
  metrics: ReadonlyMap<string, Metric>,
): PlanWindow {
  const { id, label, metric, of = 'account', kind } = entry;
  reader.label(`${pointer}/label`, label);
  reader.reference(`${pointer}/metric`, metric, [...metrics.keys(), creditsMetric], 'metric');
  if (metrics.get(metric)?.kind === 'gauge')
    reader.mistake(
      `${pointer}/metric`,
      `'${metric}' is a gauge, which is not used up by time`,
      `a counter, or '${creditsMetric}' for what is charged`,
    );
  if (!windowKinds.includes(kind))
    reader.mistake(`${pointer}/kind`, `'${String(kind)}' is no kind of window`, windowKinds.join(', '));
  if (!owners.includes(of))
    reader.mistake(`${pointer}/of`, `'${String(of)}' has no windows`, owners.join(', '));
  const minutes = readMinutes(reader, { entry, pointer });
  const limit = reader.amount(`${pointer}/limit`, entry.limit, { above: 0n });
  return {
    id,
    label,
    metric,
    of,
    kind,
    minutes,
    limit,
    perSeat: entry.perSeat ?? null,
    key: `${kind} ${minutes} ${metric}`,
  };
}

/** Reads a window's key: its kind and length contain no spaces, its metric may. */
export function parseWindowKey(key: string): Pick<PlanWindow, 'kind' | 'minutes' | 'metric'> {
  const [kind = '', minutes = ''] = key.split(' ', 2);
  return {
    kind: kind as PlanWindow['kind'],
    minutes: Number(minutes),
    metric: key.slice(kind.length + minutes.length + 2),
  };
}

function readMinutes(reader: CatalogReader, { entry, pointer }: Placed<PlanWindowConfig>): number {
  const place = `${pointer}/minutes`;
  const { kind, minutes } = entry;
  if (kind === 'day' || kind === 'week') {
    if (minutes !== undefined)
      reader.mistake(place, `A ${kind} is as long as the calendar says`, 'no minutes, or the kind rolling');
    return 0;
  }
  if (minutes !== undefined && Number.isSafeInteger(minutes) && minutes >= 1) {
    if (minutes <= apiBounds.windowMinutesMax) return minutes;
  }
  reader.mistake(
    place,
    minutes === undefined ? 'It does not say how long it is' : `${minutes} is not accepted`,
    `a whole number from 1 to ${apiBounds.windowMinutesMax}`,
  );
  return 1;
}
