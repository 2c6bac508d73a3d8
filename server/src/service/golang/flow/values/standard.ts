/** First elements of the import paths of the standard library. */
const STANDARD = new Set(
  (
    "archive bufio bytes cmp compress container context crypto database embed encoding errors expvar flag fmt go hash " +
    "html image index io iter log maps math mime net os path plugin reflect regexp runtime slices sort strconv strings " +
    "structs sync syscall testing text time unicode unique unsafe weak"
  ).split(" "),
);

/** Packages that call any exported method by its name. */
const BY_REFLECTION = /^(?:net\/rpc|text\/template|html\/template|reflect|plugin)(?:\/|$)/;

/** Methods of the interfaces of the standard library, those of cryptography and of its own tests left out. */
const METHODS = new Set(
  (
    "Accept Add Addr As Begin BeginTx CheckNamedValue Close CloseIdleConnections CloseNotify CloseWrite Columns Commit " +
    "Connect Context ConvertValue Cookies Deadline Done Driver Enabled Err Error Exec ExecContext Flush FlushError " +
    "Format Get Glob GoString Handle HasNextResultSet Header Hijack Info Int63 Is IsBoolFlag IsDir IsValid IsZero " +
    "LastInsertId Len Less Level LocalAddr Lock LogValue ModTime Mode Name Network Next NextResultSet NumInput Open " +
    "OpenConnector Output Ping Pop Position Prepare PrepareContext Push Query QueryContext RemoteAddr Replace Reset " +
    "ResetSession Rollback RoundTrip RowsAffected Scan Seed Seek ServeHTTP Set SetCookies SetDeadline SetReadDeadline " +
    "SetWriteDeadline Signal Size Start Stat String Sub Sum Sum32 Sum64 Swap Sys SyscallConn Temporary Timeout Token " +
    "Type Uint64 Unlock Unwrap Value Width WithAttrs WithGroup"
  ).split(" "),
);

/** Whether a package of the standard library calls no other methods than those of its interfaces. */
export function isStandard(path: string): boolean {
  return STANDARD.has(path.split("/")[0] ?? "") && !BY_REFLECTION.test(path);
}

/** Whether the standard library may call a method of that name. */
export function isCalledByStandard(method: string): boolean {
  return METHODS.has(method) || /^(?:Read|Write|Append|Marshal|Unmarshal|Gob|ColumnType|Unread|Skip)/.test(method);
}

/** Whether other packages can use the name. */
export function isExported(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}

/** The import path of `path.T`. */
export function packageOf(type: string): string {
  return type.slice(0, type.lastIndexOf("."));
}
