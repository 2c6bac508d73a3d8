import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { RULES } from "../../../server/src/core/findings/registry.ts";
import { DEFAULT_SETTINGS, readSettings, type Settings } from "../../../server/src/service/host/settings.ts";
import { Settings as ClientSettings } from "../../../client/src/ids.ts";

interface Property {
  readonly default: unknown;
  readonly properties?: Readonly<Record<string, { readonly enum: readonly string[] }>>;
}

/** The rules that look at several dumps of one process: they run on series, not in the registry. */
const SERIES_RULES = ["growing", "stuck"];

const manifest = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as {
  readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, Property>> } };
};
const properties = manifest.contributes.configuration.properties;

/** Settings by their dotted names; those that are objects or lists by themselves are one setting. */
function flatten(settings: Settings): Record<string, unknown> {
  const { diagnostics, thresholds, ...plain } = settings;
  const nested = { diagnostics, thresholds };
  const flat = Object.entries(nested).flatMap(([group, values]) =>
    Object.entries(values).map(([key, value]): [string, unknown] => [`${group}.${key}`, value]),
  );
  return Object.fromEntries([...Object.entries(plain), ...flat].map(([key, value]) => [`goroutineDump.${key}`, value]));
}

describe("the manifest", () => {
  test("declares the settings of the server, with the same defaults", () => {
    const ours = flatten(DEFAULT_SETTINGS);
    const declared = Object.fromEntries(Object.keys(ours).map((key) => [key, properties[key]?.default]));
    expect(declared).toEqual(ours);
  });

  test("declares no setting that neither server nor client reads", () => {
    const known = new Set([
      ...Object.keys(flatten(DEFAULT_SETTINGS)),
      ...Object.values(ClientSettings).map((key) => `goroutineDump.${key}`),
    ]);
    expect(Object.keys(properties).filter((key) => !known.has(key))).toEqual([]);
  });

  test("offers a level for each rule", () => {
    const offered = properties["goroutineDump.rules"]?.properties ?? {};
    expect(Object.keys(offered).sort()).toEqual([...RULES.map(({ id }) => id), ...SERIES_RULES].sort());
  });
});

describe("settings a client sends", () => {
  test.each([undefined, null, 7, "text", [], {}])("%j gives the defaults, without a complaint", (section) => {
    expect(readSettings(section)).toEqual({ settings: DEFAULT_SETTINGS, complaints: [] });
  });

  test("are taken one by one, what is left out has its default", () => {
    const { settings, complaints } = readSettings({ rules: { leak: "off" }, diagnostics: { notes: false }, extra: 1 });
    expect(complaints).toEqual([]);
    expect(settings).toEqual({
      ...DEFAULT_SETTINGS,
      rules: { leak: "off" },
      diagnostics: { enabled: true, notes: false },
    });
  });

  test.each([
    [{ outlineLimit: 0 }, "goroutineDump.outlineLimit"],
    [{ outlineLimit: 1.5 }, "goroutineDump.outlineLimit"],
    [{ codeLens: "yes" }, "goroutineDump.codeLens"],
    [{ rules: { leak: "loud" } }, "goroutineDump.rules"],
    [{ sourceMap: [{ from: "/a" }] }, "goroutineDump.sourceMap"],
    [{ sourceMap: "/a=/b" }, "goroutineDump.sourceMap"],
    [{ thresholds: { leakCount: "many" } }, "goroutineDump.thresholds.leakCount"],
    [{ goroot: 7 }, "goroutineDump.goroot"],
  ])("%j is wrong: the default stands, and a sentence says so", (section, name) => {
    const { settings, complaints } = readSettings(section);
    expect(settings).toEqual(DEFAULT_SETTINGS);
    expect(complaints).toEqual([expect.stringContaining(name)]);
  });
});
