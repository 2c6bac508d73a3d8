/** A way in which dumps come: how it is called, and what it makes of a text. */
export interface Wrapper {
  readonly name: string;
  wrap(text: string): string;
}

function lines(text: string): string[] {
  return text.replace(/\n$/, "").split("\n");
}

/** Puts something before each line. */
function prefixed(name: string, prefix: (index: number) => string): Wrapper {
  return {
    name,
    wrap: (text) =>
      lines(text)
        .map((line, index) => `${prefix(index)}${line}\n`)
        .join(""),
  };
}

/** Makes a record of each line. */
function records(name: string, record: (line: string, index: number) => string): Wrapper {
  return {
    name,
    wrap: (text) =>
      lines(text)
        .map((line, index) => `${record(line, index)}\n`)
        .join(""),
  };
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

function clock(index: number): string {
  return `${pad(3 + Math.trunc(index / 3600), 2)}:${pad(Math.trunc(index / 60) % 60, 2)}:${pad(index % 60, 2)}`;
}

function html(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("+", "&#43;");
}

/** Prefixes of each line, as the tools of that name write them. */
export const PREFIXES: readonly Wrapper[] = [
  prefixed("docker logs -t", (index) => `2026-01-02T${clock(index)}.${pad(index, 9)}Z `),
  prefixed("docker compose", () => "web-1  | "),
  prefixed("kubectl logs --prefix", () => "[pod/shop-7c9d8b6f5-x2x9p/shop] "),
  prefixed("stern", () => "shop-7c9d8b6f5-x2x9p shop "),
  prefixed("journald", (index) => `Jan 02 ${clock(index)} host1 shopd[4123]: `),
  prefixed("journald with ISO times", (index) => `2026-01-02T${clock(index)}+0100 host1 shopd[4123]: `),
  prefixed("GitHub Actions", (index) => `2026-01-02T${clock(index)}.${pad(index, 7)}Z `),
  prefixed("kubelet (CRI)", (index) => `2026-01-02T${clock(index)}.${pad(index, 9)}Z stderr F `),
  prefixed("logcat", (index) => `01-02 ${clock(index)}.${pad(index % 1000, 3)}  123 ${index + 8} E Go      : `),
  prefixed("Go's log package", (index) => `2026/01/02 ${clock(index)} [shop] `),
  prefixed("klog", (index) => `E0102 ${clock(index)}.000000   12345 main.go:${34 + index}] `),
  prefixed("Heroku", (index) => `2026-01-02T${clock(index)}.000000+00:00 app[web.1]: `),
  prefixed("Cloud Foundry", (index) => `   2026-01-02T${clock(index)}.00+0000 [APP/PROC/WEB/0] ERR `),
  prefixed("a Markdown quote", () => "> "),
  prefixed("a quote of a quote", () => "> > "),
  prefixed("an indentation by blanks", () => "    "),
  prefixed("an indentation by TABs", () => "\t\t"),
  prefixed("a diff", () => "+"),
  prefixed("a docker log of a compose log", (index) => `2026-01-02T${clock(index)}.1Z web-1  | `),
];

/** Other ways in which each line of the dump is still a line of the text. */
export const LINE_WRAPPERS: readonly Wrapper[] = [
  records("docker's JSON file", (line, index) =>
    JSON.stringify({ log: `${line}\n`, stream: "stderr", time: `2026-01-02T${clock(index)}Z` }),
  ),
  records("slog as JSON", (line, index) =>
    JSON.stringify({ time: `2026-01-02T${clock(index)}Z`, level: "ERROR", msg: line }),
  ),
  records("zap as JSON", (line, index) =>
    JSON.stringify({ level: "error", ts: 1767323045.5 + index, caller: "x.go:1", msg: line }),
  ),
  records("go test -json", (line) =>
    JSON.stringify({ Action: "output", Package: "example.com/x", Output: `${line}\n` }),
  ),
  records("logfmt", (line) => `level=error msg=${/[\s="\\]|^$/.test(line) ? JSON.stringify(line) : line} app=x`),
  records(
    "rsyslog with written TABs",
    (line, index) => `Jan 02 ${clock(index)} host1 shopd[4]: ${line.replaceAll("\t", "#011")}`,
  ),
  records("JSON in a docker log", (line) =>
    JSON.stringify({ log: `${JSON.stringify({ msg: line })}\n`, stream: "stderr" }),
  ),
  records("colours", (line) => `\x1b[31m${line}\x1b[0m`),
  {
    name: "a preformatted part of a page",
    wrap: (text) => `<pre>
${html(text)}</pre>
`,
  },
  {
    name: "the kubelet (CRI) with cut lines",
    wrap: (text) =>
      lines(text)
        .flatMap((line, index) => {
          const head = `2026-01-02T${clock(index)}.${pad(index, 9)}Z stderr`;
          return line.startsWith("goroutine") || line.length < 9
            ? [`${head} F ${line}\n`]
            : [`${head} P ${line.slice(0, 8)}\n`, `${head} F ${line.slice(8)}\n`];
        })
        .join(""),
  },
  { name: "CRLF line ends", wrap: (text) => text.replaceAll("\n", "\r\n") },
  { name: "a Markdown fence", wrap: (text) => `Look:\n\n\`\`\`\n${text}\`\`\`\n\nWhy?\n` },
  { name: "a page", wrap: (text) => `<html><body><pre>${html(text)}</pre></body></html>\n` },
  { name: "strace", wrap: straced },
];

/** Those of the wrappers above that are taken off lines of text alone, not off bytes. */
export const READ_AS_TEXT: ReadonlySet<string> = new Set([
  "JSON in a docker log",
  "colours",
  "a preformatted part of a page",
  "the kubelet (CRI) with cut lines",
  "a page",
  "strace",
]);

/** Ways to put a whole dump on one line. */
export const ONE_LINE: readonly Wrapper[] = [
  { name: "a JSON string", wrap: (text) => `${JSON.stringify({ level: "error", stack: text })}\n` },
  {
    name: "a JSON string in a JSON string",
    wrap: (text) => `${JSON.stringify({ log: JSON.stringify({ stack: text }) })}\n`,
  },
  {
    name: "a JSON string three deep",
    wrap: (text) => `${JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ stack: text }) }) })}\n`,
  },
  { name: "logfmt", wrap: (text) => `time=2026-01-02T03:04:05Z level=error stack=${JSON.stringify(text)} n=1\n` },
  { name: "JSON behind a prefix", wrap: (text) => `web-1  | ${JSON.stringify({ stack: text })}\n` },
  { name: "a value without quotes", wrap: (text) => `stack: ${JSON.stringify(text).slice(1, -1)}\n` },
  { name: "rsyslog", wrap: (text) => text.replaceAll("\t", "#011").replaceAll("\n", "#012") },
];

/** Each line in a few calls of write, as the runtime makes them. */
function straced(text: string): string {
  const parts = text.match(/[^\n]{1,11}|\n/g) ?? [];
  return parts.map((part) => `write(2, ${JSON.stringify(part)}, ${part.length}) = ${part.length}\n`).join("");
}
