import type { ProfileKind } from "./pprofUrl.ts";

const INFIX: Readonly<Record<ProfileKind, string>> = { stacks: "", labels: ".debug1", leaks: ".leaks" };

/**
 * Name of the file a capture is saved in: whose it is and when it was taken, so that a folder of them sorts by time, and
 * a comparison reads the time from it: `goroutine-localhost-6060-2026-11-21T05-59-03Z.dump`.
 *
 * @param time milliseconds since the epoch.
 * @param attempt 0 for the first choice; more where that name is taken.
 */
export function captureFileName(host: string, time: number, kind: ProfileKind, attempt: number): string {
  const stamp = new Date(time).toISOString().slice(0, 19).replaceAll(":", "-");
  const safeHost = host.replace(/[^a-z0-9.-]+/gi, "-").replace(/^-+|(?<!-)-+$/g, "");
  const number = attempt === 0 ? "" : `.${attempt + 1}`;
  return `goroutine-${safeHost}-${stamp}Z${number}${INFIX[kind]}.dump`;
}

/** The beginning of a received text, enough to tell what it is. */
const HEAD_BYTES = 4096;

/** Whether the bytes are a goroutine dump, or what else came. */
export function whatCame(bytes: Uint8Array): "dump" | "empty" | "html" | "noDump" {
  const head = ascii(bytes.subarray(0, HEAD_BYTES)).trimStart();
  if (head === "") {
    return "empty";
  }
  if (/^goroutine(?:leak)? (?:profile: |\d+ )/.test(head)) {
    return "dump";
  }
  return /^<(?:!doctype|html|head|body|\?xml)/i.test(head) ? "html" : "noDump";
}

function ascii(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) {
    text += String.fromCharCode(byte);
  }
  return text;
}
