import { type TableColumn, writeParquet } from "../formats/parquet.ts";
import type { GroupRow } from "../output/row.ts";

const COLUMNS: readonly TableColumn<keyof GroupRow>[] = [
  { name: "file", type: "STRING" },
  { name: "dump", type: "INT32" },
  { name: "host", type: "STRING" },
  { name: "service", type: "STRING" },
  { name: "time", type: "TIMESTAMP" },
  { name: "form", type: "STRING" },
  { name: "go_version", type: "STRING" },
  { name: "stack_id", type: "STRING" },
  { name: "count", type: "DOUBLE" },
  { name: "state", type: "STRING" },
  { name: "base_state", type: "STRING" },
  { name: "wait_min", type: "INT32" },
  { name: "wait_max", type: "INT32" },
  { name: "top", type: "STRING" },
  { name: "user_frame", type: "STRING" },
  { name: "user_file", type: "STRING" },
  { name: "user_line", type: "INT32" },
  { name: "place", type: "STRING" },
  { name: "created_by", type: "STRING" },
  { name: "labels", type: "JSON" },
  { name: "frames", type: "JSON" },
  { name: "findings", type: "JSON" },
];

/** The rows as pieces of a Parquet file. */
export function rowsAsParquet(rows: AsyncIterable<GroupRow>): AsyncGenerator<Uint8Array> {
  return writeParquet(COLUMNS, rows);
}
