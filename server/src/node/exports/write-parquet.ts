import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { WriteParquet } from '../../app/app-options.ts';
import { byteStream } from '../../app/http/reply/text-stream.ts';
import { limits } from '../../contract/limits.ts';

/** Rows that are held in memory and stand together in the file. */
const rowsAGroup = 5_000;

type ExportedColumn = Parameters<WriteParquet>[0][number];

/**
 * Writes rows as Parquet while they are read, some thousand at a time. Instants are timestamps in milliseconds, amounts are decimals
 * with six fraction digits, and the row as JSON Lines have it is a column of JSON.
 */
export const writeParquet: WriteParquet = (columns, rows) => {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    const writer = new ByteWriter();
    const file = new ParquetWriter({ writer, schema: schemaOf(columns), createdBy: 'usagekit' });
    // The library counts what it has written apart from what it holds.
    const taken = () => {
      const bytes = writer.getBytes().slice();
      writer.index = 0;
      return bytes;
    };
    let group: (readonly (string | null)[])[] = [];
    const writeGroup = async () => {
      await file.write({
        columnData: columns.map(({ name, kind }, index) => ({
          name,
          data: group.map((cells) => valueIn(kind, cells[index] ?? null)),
        })),
        rowGroupSize: rowsAGroup,
      });
      group = [];
      return taken();
    };
    for await (const page of rows) {
      group.push(...page);
      if (group.length >= rowsAGroup) yield await writeGroup();
    }
    if (group.length > 0) yield await writeGroup();
    file.finish();
    yield taken();
  }
  return byteStream(pieces(), (bytes) => bytes);
};

function schemaOf(columns: readonly ExportedColumn[]): SchemaElement[] {
  return [
    { name: 'root', num_children: columns.length },
    ...columns.map(
      ({ name, kind }): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...types[kind] }),
    ),
  ];
}

const types: Readonly<Record<ExportedColumn['kind'], Omit<SchemaElement, 'name'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  json: { type: 'BYTE_ARRAY', converted_type: 'JSON' },
  flag: { type: 'BOOLEAN' },
  instant: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  amount: {
    type: 'FIXED_LEN_BYTE_ARRAY',
    type_length: 16,
    converted_type: 'DECIMAL',
    precision: 38,
    scale: limits.fractionDigitsMax,
  },
};

function valueIn(kind: ExportedColumn['kind'], cell: string | null) {
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
  return BigInt(`${units}${fraction.padEnd(limits.fractionDigitsMax, '0')}`);
}
