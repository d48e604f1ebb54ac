/** An estimate in units with no more digits than can be known of it: whole units from 10 on, and tenths below. */
export function roundEstimate(units: number): number {
  return units >= 10 ? Math.round(units) : Math.round(units * 10) / 10;
}
