import { describe, expect, it } from "vitest";
import { profileUrl, readPprofUrl, withoutSecrets } from "../../../client/src/model/pprofUrl.ts";

function stacksOf(typed: string): string {
  const url = readPprofUrl(typed);
  return url.kind === "read" ? profileUrl(url.base, "stacks") : url.reason;
}

describe("the address of a program's profiles", () => {
  it.each([
    ["localhost:6060", "http://localhost:6060/debug/pprof/goroutine?debug=2"],
    [":6060", "http://localhost:6060/debug/pprof/goroutine?debug=2"],
    [" http://127.0.0.1:6060/ ", "http://127.0.0.1:6060/debug/pprof/goroutine?debug=2"],
    ["https://shop.example.com", "https://shop.example.com/debug/pprof/goroutine?debug=2"],
    ["http://h/debug/pprof/", "http://h/debug/pprof/goroutine?debug=2"],
    ["http://h/debug/pprof/goroutine?debug=1", "http://h/debug/pprof/goroutine?debug=2"],
    ["http://h/debug/pprof/heap?gc=1&seconds=5", "http://h/debug/pprof/goroutine?debug=2"],
    ["http://h/admin", "http://h/admin/debug/pprof/goroutine?debug=2"],
    ["http://h/admin/debug/pprof", "http://h/admin/debug/pprof/goroutine?debug=2"],
    ["http://h/internal/goroutine", "http://h/internal/goroutine?debug=2"],
    ["http://h/debug/pprof/?token=a%26b", "http://h/debug/pprof/goroutine?debug=2&token=a%26b"],
    ["http://[::1]:6060", "http://[::1]:6060/debug/pprof/goroutine?debug=2"],
    ["HTTP://Shop:80/#top", "http://shop:80/debug/pprof/goroutine?debug=2"],
    ["pod-1.default:8080", "http://pod-1.default:8080/debug/pprof/goroutine?debug=2"],
  ])("%s", (typed, url) => {
    expect(stacksOf(typed)).toBe(url);
  });

  it.each([
    ["", "empty"],
    ["   ", "empty"],
    ["file:///etc/passwd", "scheme"],
    ["ftp://h/", "scheme"],
    ["http://", "host"],
    ["http:///debug/pprof", "host"],
    ["h:0", "port"],
    ["h:65536", "port"],
    ["h:", "port"],
    ["two words", "host"],
  ])("%s is refused: %s", (typed, reason) => {
    expect(readPprofUrl(typed)).toEqual({ kind: "malformed", reason });
  });

  it("is kept apart from the credentials in it", () => {
    expect(readPprofUrl("http://admin:s3cret@h:6060")).toEqual({
      kind: "read",
      base: { address: "http://h:6060/debug/pprof", query: "", host: "h:6060" },
      credentials: "admin:s3cret",
    });
  });

  it.each([
    ["http://admin:s3cr@t@host:6060", "admin:s3cr@t"],
    ["http://admin:s3cr%40t@host:6060", "admin:s3cr@t"],
    ["admin:s3cr@t@host:6060", "admin:s3cr@t"],
    ["http://a%3Ab:c%2Fd%3F%23@host:6060", "a:b:c/d?#"],
    ["http://admin:100%@host:6060", "admin:100%"],
    ["http://@host:6060", undefined],
  ])("%s: whatever the password holds, none of it is part of the host", (typed, credentials) => {
    expect(readPprofUrl(typed)).toEqual({
      kind: "read",
      base: { address: "http://host:6060/debug/pprof", query: "", host: "host:6060" },
      credentials,
    });
  });

  it.each([
    ["https://u:p@x.example/a/b?token=s3cret#f", "https://x.example/a/b"],
    ["https://u:p@ss@x.example", "https://x.example"],
    ["//u:p@x.example/login?next=1", "//x.example/login"],
    ["/login?token=s3cret", "/login"],
    ["h:6060", "h:6060"],
  ])("%s is shown as %s", (url, shown) => {
    expect(withoutSecrets(url)).toBe(shown);
  });

  it("has the counted profile with labels and the leak profile beside it", () => {
    const base = { address: "http://h/debug/pprof", query: "t=1", host: "h" };

    expect(profileUrl(base, "labels")).toBe("http://h/debug/pprof/goroutine?debug=1&t=1");
    expect(profileUrl(base, "leaks")).toBe("http://h/debug/pprof/goroutineleak?debug=2&t=1");
  });
});
