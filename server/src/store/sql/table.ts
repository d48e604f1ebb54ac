/** What a column holds of a record; null and undefined are the same. */
export type ColumnValue = string | number | boolean | null | undefined;

/** What kind of value a column holds; `columnTypes` says what each dialect calls it. */
export type ColumnType = 'text' | 'bigint' | 'integer' | 'boolean' | 'instant';

/** A column's name, the type of its values, and its value in the row of a record of the account. */
export type Column<Value> = readonly [
  name: string,
  type: ColumnType,
  value: (record: Value, accountId: string) => ColumnValue,
];

/** A table of accounts' records, as both dialects have it. */
export interface Table<Value> {
  readonly table: string;
  readonly columns: readonly Column<Value>[];
}

/** The types of columns as each dialect names them where it describes its tables. */
export const columnTypes: Readonly<Record<'sqlite' | 'postgres', Readonly<Record<ColumnType, string>>>> = {
  sqlite: { text: 'TEXT', bigint: 'INTEGER', integer: 'INTEGER', boolean: 'INTEGER', instant: 'INTEGER' },
  postgres: {
    text: 'text',
    bigint: 'bigint',
    integer: 'integer',
    boolean: 'boolean',
    instant: 'timestamp with time zone',
  },
};

/** The names of a table's columns, as an INSERT lists them. */
export function namesSql({ columns }: Pick<Table<never>, 'columns'>): string {
  return columns.map(([name]) => name).join(', ');
}
