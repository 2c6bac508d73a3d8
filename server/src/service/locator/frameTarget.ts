import { baseName, parseFramePath, type FramePath } from "./framePath.ts";
import { parseFrameFunction, type FrameFunction } from "./frameFunction.ts";
import type { SourceFrame } from "./located.ts";
import { isStandardPackage } from "../../core/names/standardLibrary.ts";

/** The path of a frame that names a file. */
export type FilePath = Exclude<FramePath, { readonly kind: "generated" }>;

/** A frame taken apart: what is looked for. */
export interface FrameTarget {
  readonly frame: SourceFrame;
  readonly path: FilePath;
  readonly name: FrameFunction;
  /** Name of the file. */
  readonly base: string;
  /** Segments of the folder. */
  readonly folder: readonly string[];
  /** 0-based. */
  readonly line: number;
}

/** Takes a frame apart; a sentence when there is no file to look for. */
export function frameTarget(frame: SourceFrame): FrameTarget | string {
  const path = parseFramePath(frame.file);
  if (path.kind === "generated") return path.reason;
  return {
    frame,
    path,
    name: parseFrameFunction(frame.function),
    base: baseName(path.segments),
    folder: path.segments.slice(0, -1),
    line: Math.max(0, frame.line - 1),
  };
}

/** Package paths that are no import paths: of commands, files given one by one, folders before modules, plugins. */
const NO_IMPORT_PATH = /^(?:|main|command-line-arguments|_\/.*|plugin\/unnamed-.*)$/;

/**
 * The import path the function name tells; undefined for commands (`main`) and names without a package. An external test
 * package (`a/b_test`) lies in the folder of the package it tests.
 */
export function packageOf({ name, base }: FrameTarget): string | undefined {
  const { packagePath } = name;
  if (NO_IMPORT_PATH.test(packagePath)) return undefined;
  return base.endsWith("_test.go") ? packagePath.replace(/_test$/, "") : packagePath;
}

/** Whether the function is of the standard library. */
export function isStandardFunction({ name }: FrameTarget): boolean {
  return isStandardPackage(name.packagePath);
}

/** Whether many programs have a function of that name (`main.main`): that it is in a file then proves little. */
export function isCommonName({ names, packagePath }: FrameFunction): boolean {
  return (
    names.length <= 1 && (packagePath === "" || packagePath === "main") && /^(?:main|init|glob)?$/.test(names[0] ?? "")
  );
}
