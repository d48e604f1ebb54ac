import { olderVersion, StoreOpenError } from '../store-open-error.ts';

export interface KnownVersion {
  /** Names the database in errors. */
  readonly name: string;
  /** Steps that were taken already. */
  readonly version: number;
  readonly mayUpgrade: boolean;
}

/** Hears of each step before it is taken, on a database that has had tables before. A step that reads a large table takes a while. */
export type UpgradeListener = (step: UpgradeStep) => void;

export interface UpgradeStep {
  /** The version after the step. */
  readonly version: number;
  /** The version after the last step. */
  readonly newest: number;
}

export interface MigrationStep extends UpgradeStep {
  readonly sql: string;
  /** Whether nobody has to wait for it: the database has no tables yet. */
  readonly isFirst: boolean;
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
  const newest = migrations.length;
  const isFirst = version === 0;
  const steps = migrations
    .slice(version)
    .map((sql, index) => ({ version: version + index + 1, newest, sql, isFirst }));
  if (steps.length > 0 && !mayUpgrade) throw new StoreOpenError('older_version', olderVersion(name));
  return steps;
}
