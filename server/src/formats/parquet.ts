import { type BasicType, ByteWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";

/** A column of a table: its name and its Parquet type. Each may be without a value. */
export interface TableColumn {
  readonly name: string;
  readonly type: BasicType;
}

type Row = Readonly<Record<string, unknown>>;

/** Rows that are held at once; engines read a group of rows at a time, and find their columns best in large ones. */
const GROUP_ROWS = 20_000;

/**
 * Writes rows as a Parquet file, compressed with Snappy, in pieces: no more than a group of rows is held. A value of type
 * `JSON` is any plain value; null: none.
 */
export async function* writeParquet(
  columns: readonly TableColumn[],
  rows: AsyncIterable<Row>,
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

function columnData(columns: readonly TableColumn[], rows: readonly Row[]) {
  return columns.map(({ name, type }) => ({ name, type, nullable: true, data: rows.map((row) => row[name] ?? null) }));
}

async function* inGroups(rows: AsyncIterable<Row>): AsyncGenerator<readonly Row[]> {
  let group: Row[] = [];
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
