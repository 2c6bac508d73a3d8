import type { RuleLevel } from "../../core/analysis/context.ts";
import { DEFAULT_THRESHOLDS, type Thresholds } from "../../core/analysis/thresholds.ts";
import type { PathMapping } from "../locator/locatorOptions.ts";

/** What users can set, below `goroutineDump`. A setting is a key here, with the dots of its name as nesting. */
export interface Settings {
  readonly diagnostics: {
    readonly enabled: boolean;
    /** Whether what could not be read of a dump shows up as well. */
    readonly notes: boolean;
  };
  /** By rule id; `default` where absent: the severity follows the finding's certainty. */
  readonly rules: Readonly<Record<string, RuleLevel>>;
  readonly thresholds: Thresholds;
  /** Goroutines in the outline and links in the text, at most. */
  readonly outlineLimit: number;
  /** Whether a line above a group's first goroutine says how many share the stack. */
  readonly codeLens: boolean;
  /** In order of preference. */
  readonly sourceMap: readonly PathMapping[];
  /** Folders of the Go installation; empty: ask `go env`. */
  readonly goroot: string;
  readonly goModCache: string;
  readonly gopath: string;
  /** What stands before each line of a dump where it is not found by itself; `*` fits anything. Empty: nothing. */
  readonly linePrefix: string;
}

export const DEFAULT_SETTINGS: Settings = {
  diagnostics: { enabled: true, notes: true },
  rules: {},
  thresholds: DEFAULT_THRESHOLDS,
  outlineLimit: 5000,
  codeLens: true,
  sourceMap: [],
  goroot: "",
  goModCache: "",
  gopath: "",
  linePrefix: "",
};

/** Settings as far as they could be read, and a sentence for each value that could not: its default stands. */
export interface ReadSettings {
  readonly settings: Settings;
  readonly complaints: readonly string[];
}

const LEVELS: ReadonlySet<unknown> = new Set<RuleLevel>(["default", "error", "warning", "information", "hint", "off"]);

/** Reads what a client sent as the section `goroutineDump`. What it leaves out has its default; Unknown keys are ignored. */
export function readSettings(section: unknown): ReadSettings {
  const complaints: string[] = [];
  const values = isRecord(section) ? section : {};
  const read = <T>(path: string, fallback: T, isValid: (value: unknown) => boolean, wanted: string): T => {
    const value = path.split(".").reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), values);
    if (value === undefined || value === null) return fallback;
    if (isValid(value)) return value as T;
    complaints.push(`The setting goroutineDump.${path} must be ${wanted}; its default is used.`);
    return fallback;
  };
  const { diagnostics, rules, thresholds, outlineLimit, codeLens, sourceMap, goroot, goModCache, gopath, linePrefix } =
    DEFAULT_SETTINGS;
  const settings: Settings = {
    diagnostics: {
      enabled: read("diagnostics.enabled", diagnostics.enabled, isBoolean, "true or false"),
      notes: read("diagnostics.notes", diagnostics.notes, isBoolean, "true or false"),
    },
    rules: read("rules", rules, isLevels, "an object that gives each rule a level"),
    thresholds: Object.fromEntries(
      Object.entries(thresholds).map(([key, value]) => [
        key,
        read(`thresholds.${key}`, value, isCount, "a whole number above zero"),
      ]),
    ) as unknown as Thresholds,
    outlineLimit: read("outlineLimit", outlineLimit, isCount, "a whole number above zero"),
    codeLens: read("codeLens", codeLens, isBoolean, "true or false"),
    sourceMap: read("sourceMap", sourceMap, isMappings, 'a list of { "from": ..., "to": ... }'),
    goroot: read("goroot", goroot, isString, "a path"),
    goModCache: read("goModCache", goModCache, isString, "a path"),
    gopath: read("gopath", gopath, isString, "a path"),
    linePrefix: read("linePrefix", linePrefix, isString, "a text"),
  };
  return { settings, complaints };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isBoolean(value: unknown): boolean {
  return typeof value === "boolean";
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isCount(value: unknown): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}

function isLevels(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((level) => LEVELS.has(level));
}

function isMappings(value: unknown): boolean {
  return (
    Array.isArray(value) && value.every((entry) => isRecord(entry) && isString(entry["from"]) && isString(entry["to"]))
  );
}
