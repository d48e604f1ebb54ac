import { olderVersion, StoreOpenError } from '../store-open-error.ts';

export interface KnownVersion {
  /** Names the database in errors. */
  readonly name: string;
  /** Steps that were taken already. */
  readonly version: number;
  readonly mayUpgrade: boolean;
}

export interface MigrationStep {
  /** The version after the step. */
  readonly version: number;
  readonly sql: string;
}

/**
 * The steps that bring a database up to date, in order.
 * @throws StoreOpenError `newer_version` if this version does not know all steps that were taken; `older_version` if steps are missing
 * and may not be taken.
 */
export function missingSteps(
  migrations: readonly string[],
  { name, version, mayUpgrade }: KnownVersion,
): MigrationStep[] {
  if (version > migrations.length)
    throw new StoreOpenError(
      'newer_version',
      `${name} was written by a newer version of UsageKit (format ${version}; this one knows ${migrations.length}). Run that version or newer.`,
    );
  const steps = migrations.slice(version).map((sql, index) => ({ version: version + index + 1, sql }));
  if (steps.length > 0 && !mayUpgrade) throw new StoreOpenError('older_version', olderVersion(name));
  return steps;
}
