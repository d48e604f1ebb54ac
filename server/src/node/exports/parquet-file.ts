import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { ExportColumn } from '../../app/app-options.ts';
import { apiBounds } from '../../contract/api-bounds.ts';

/** Rows that are held in memory and stand together in the file. */
const rowsAGroup = 5_000;

/** The cells of some rows, by the columns. */
export type ParquetRows = readonly (readonly (string | null)[])[];

/** The bytes of a Parquet file, made as rows come. */
export class ParquetFile {
  readonly #columns: readonly ExportColumn[];
  readonly #bytes = new ByteWriter();
  readonly #writer: ParquetWriter;
  #group: (readonly (string | null)[])[] = [];

  constructor(columns: readonly ExportColumn[]) {
    this.#columns = columns;
    this.#writer = new ParquetWriter({
      writer: this.#bytes,
      schema: schemaOf(columns),
      createdBy: 'usagekit',
    });
  }

  /** Takes some rows, and gives the bytes that they complete, which may be none. */
  async add(rows: ParquetRows): Promise<Uint8Array> {
    for (const row of rows) this.#group.push(row);
    if (this.#group.length >= rowsAGroup) await this.#writeGroup();
    return this.#taken();
  }

  /** The bytes of what is left, and of the end. */
  async end(): Promise<Uint8Array> {
    if (this.#group.length > 0) await this.#writeGroup();
    this.#writer.finish();
    return this.#taken();
  }

  async #writeGroup(): Promise<void> {
    await this.#writer.write({
      columnData: this.#columns.map(({ name, kind }, index) => ({
        name,
        data: this.#group.map((cells) => valueIn(kind, cells[index] ?? null)),
      })),
      rowGroupSize: rowsAGroup,
    });
    this.#group = [];
  }

  /** The library counts what it has written apart from what it holds. */
  #taken(): Uint8Array {
    const bytes = this.#bytes.getBytes().slice();
    this.#bytes.index = 0;
    return bytes;
  }
}

function schemaOf(columns: readonly ExportColumn[]): SchemaElement[] {
  return [
    { name: 'root', num_children: columns.length },
    ...columns.map(
      ({ name, kind }): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...types[kind] }),
    ),
  ];
}

const types: Readonly<Record<ExportColumn['kind'], Omit<SchemaElement, 'name'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  json: { type: 'BYTE_ARRAY', converted_type: 'JSON' },
  flag: { type: 'BOOLEAN' },
  instant: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  amount: {
    type: 'FIXED_LEN_BYTE_ARRAY',
    type_length: 16,
    converted_type: 'DECIMAL',
    precision: 38,
    scale: apiBounds.fractionDigitsMax,
  },
};

function valueIn(kind: ExportColumn['kind'], cell: string | null) {
  if (cell === null) return null;
  switch (kind) {
    case 'instant':
      return new Date(cell);
    case 'amount':
      return millionthsOf(cell);
    case 'flag':
      return cell === 'true';
    case 'json':
      return JSON.parse(cell);
    case 'text':
      return cell;
  }
}

/** Without the bound of a single amount: a balance may be a sum of many. */
function millionthsOf(decimal: string): bigint {
  const [units = '0', fraction = ''] = decimal.split('.');
  return BigInt(`${units}${fraction.padEnd(apiBounds.fractionDigitsMax, '0')}`);
}
