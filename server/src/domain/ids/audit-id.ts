/** The beginning of an audit record's id: 16 digits, so that ids sort by time. */
export function auditIdPrefix(atMs: number): string {
  return String(Math.max(0, Math.trunc(atMs))).padStart(16, '0');
}
