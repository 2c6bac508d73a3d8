import { type BasicType, ByteWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";

/** A column of a table: its name and its Parquet type. Each may be without a value. */
export interface TableColumn<Name extends string = string> {
  readonly name: Name;
  readonly type: BasicType;
}

type Row<Name extends string> = { readonly [name in Name]: unknown };

/** Rows that are held at once; engines read a group of rows at a time, and find their columns best in large ones. */
const GROUP_ROWS = 10_000;

/**
 * Writes rows as a Parquet file, compressed with Snappy, in pieces: no more than a group of rows is held. A value of type
 * `JSON` is any plain value, one of type `TIMESTAMP` a time in ISO 8601; null: none.
 */
export async function* writeParquet<Name extends string>(
  columns: readonly TableColumn<Name>[],
  rows: AsyncIterable<Row<Name>>,
): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter();
  const schema = schemaFromColumnData({ columnData: columnData(columns, []) });
  const file = new ParquetWriter({ writer, schema, createdBy: "goroutine-dump" });
  for await (const group of inGroups(rows)) {
    void file.write({ columnData: columnData(columns, group), rowGroupSize: group.length });
    yield take(writer);
  }
  void file.finish();
  yield take(writer);
}

function columnData<Name extends string>(columns: readonly TableColumn<Name>[], rows: readonly Row<Name>[]) {
  return columns.map(({ name, type }) => {
    const data = rows.map((row) => row[name] ?? null);
    return { name, type, nullable: true, data: type === "TIMESTAMP" ? data.map(toDate) : data };
  });
}

function toDate(value: unknown): Date | null {
  return typeof value === "string" ? new Date(value) : null;
}

async function* inGroups<T>(rows: AsyncIterable<T>): AsyncGenerator<readonly T[]> {
  let group: T[] = [];
  for await (const row of rows) {
    group.push(row);
    if (group.length < GROUP_ROWS) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** What was written since the last time. */
function take(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}
