import { commonSuffixLength, startsWithSegments } from "./framePath.ts";
import { frameTarget, isStandardFunction, packageOf } from "./frameTarget.ts";
import type { SourceFrame } from "./located.ts";
import { versionedPath } from "./modulePath.ts";

/** Frames of a dump that are looked at; the roots of a program show in the first few hundred. */
const MAX_FRAMES = 20_000;

/** A folder of the machine that built the program, and the import path it stood for. */
interface BuildRoot {
  readonly folder: readonly string[];
  readonly importPath: string;
}

/** What the frames of a dump tell of each other. */
export class DumpFrames {
  /** The longest folder first. */
  readonly #roots: readonly BuildRoot[];
  readonly #byFile = new Map<string, SourceFrame[]>();
  /** In the order in which they were given. */
  readonly all: readonly SourceFrame[];

  constructor(frames: readonly SourceFrame[]) {
    this.all = frames;
    const roots = new Map<string, BuildRoot>();
    for (const frame of frames.slice(0, MAX_FRAMES)) {
      const inFile = this.#byFile.get(frame.file);
      if (inFile) inFile.push(frame);
      else this.#byFile.set(frame.file, [frame]);
      const root = buildRoot(frame);
      const key = root?.folder.join("/") ?? "";
      if (root && !roots.has(key)) roots.set(key, root);
    }
    this.#roots = [...roots.values()].sort((a, b) => b.folder.length - a.folder.length);
  }

  /** The frames in a file. */
  inFile(file: string): readonly SourceFrame[] {
    return this.#byFile.get(file) ?? [];
  }

  /**
   * The import path a folder of the build machine has; undefined when no frame tells. A function of
   * `example.com/app/internal/x` in `/build/internal/x/y.go` tells that `/build` is `example.com/app`; so `main.main` in
   * `/build/cmd/app/main.go`, whose name tells nothing, is of `example.com/app/cmd/app`.
   */
  importPathOf(folder: readonly string[]): string | undefined {
    const root = this.#roots.find((one) => startsWithSegments(folder, one.folder));
    return root && [root.importPath, ...folder.slice(root.folder.length)].filter(Boolean).join("/");
  }
}

/** Code of an inlined function or from a `//line` file may lie elsewhere than its name says: it tells nothing. */
function buildRoot(frame: SourceFrame): BuildRoot | undefined {
  const target = frameTarget(frame);
  if (typeof target === "string" || target.path.kind === "relative" || target.name.isPart) return undefined;
  const importPath = packageOf(target);
  if (importPath === undefined || isStandardFunction(target) || !target.base.endsWith(".go")) return undefined;
  if (versionedPath(target.folder) || target.folder.includes("vendor")) return undefined;
  const elements = importPath.split("/");
  const common = commonSuffixLength(target.folder, elements);
  const folder = target.folder.slice(0, target.folder.length - common);
  return { folder, importPath: elements.slice(0, elements.length - common).join("/") };
}
