import type { FrameColumns, FrameRef } from "../../../../server/src/protocol/index.ts";
import { fileName } from "../fileName.ts";

/** `ws.(*Client).Send`: a call as people say it. */
export function shortName(frames: FrameColumns, frame: number): string {
  const path = frames.packages[frames.package[frame] ?? -1] ?? "";
  const name = frames.names[frames.name[frame] ?? -1] ?? "?";
  return path === "" ? name : `${path.slice(path.lastIndexOf("/") + 1)}.${name}`;
}

/** Ways to write a call, each shorter than the one before: `ws.(*Client).Send`, `(*Client).Send`, `Send`. */
export function shorterNames(frames: FrameColumns, frame: number): readonly string[] {
  const whole = shortName(frames, frame);
  const name = frames.names[frames.name[frame] ?? -1] ?? whole;
  const method = name.replace(/^\(\*?[^)]*\)\./, "");
  return [...new Set([whole, name, method])];
}

/** `github.com/acme/ws`; empty where the function has none. */
export function packageOf(frames: FrameColumns, frame: number): string {
  return frames.packages[frames.package[frame] ?? -1] ?? "";
}

/** `client.go:199`; empty where the dump gives no place. */
export function shortPlace(frames: FrameColumns, frame: number): string {
  const file = frames.files[frames.file[frame] ?? -1];
  if (file === undefined) return "";
  const name = fileName(file);
  const line = frames.line[frame] ?? 0;
  return line === 0 ? name : `${name}:${line}`;
}

/** `ws.(*Client).Send client.go:199`. */
export function callText(frames: FrameColumns, frame: number): string {
  const place = shortPlace(frames, frame);
  return place === "" ? shortName(frames, frame) : `${shortName(frames, frame)} ${place}`;
}

/** The frame of that number, as requests name it; undefined: there is none. */
export function frameRefOf(frames: FrameColumns, frame: number): FrameRef | undefined {
  const name = frames.names[frames.name[frame] ?? -1];
  if (name === undefined) return undefined;
  const path = packageOf(frames, frame);
  const line = frames.line[frame] ?? 0;
  return {
    function: path === "" ? name : `${path}.${name}`,
    file: frames.files[frames.file[frame] ?? -1] ?? null,
    line: line === 0 ? null : line,
  };
}
