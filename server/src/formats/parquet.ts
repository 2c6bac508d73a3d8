import { type BasicType, parquetWriteBuffer } from "hyparquet-writer";

/** A column of a table: its name, its Parquet type, and whether a row may have no value. */
export interface TableColumn {
  readonly name: string;
  readonly type: BasicType;
}

/** Writes rows as a Parquet file, compressed with Snappy. A value of type `JSON` is any plain value; null: none. */
export function writeParquet(
  columns: readonly TableColumn[],
  rows: readonly Readonly<Record<string, unknown>>[],
): Uint8Array {
  const columnData = columns.map(({ name, type }) => ({ name, type, data: rows.map((row) => row[name] ?? null) }));
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: "goroutine-dump" }));
}
