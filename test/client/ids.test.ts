import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  Commands,
  ContextKeys,
  Editors,
  groupings,
  InternalCommands,
  Settings,
  sortings,
  Views,
} from "../../client/src/ids.ts";
import { FULL_TEXT_COMMAND } from "../../server/src/protocol/index.ts";

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly customEditors: readonly { readonly viewType: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly default: unknown; readonly enum?: readonly string[] }>>;
    };
  };
}

const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
const { contributes } = JSON.parse(text) as Manifest;

describe("the identifiers in the code and in package.json", () => {
  it("are the same commands", () => {
    const inCode = Object.values(Commands);

    expect(contributes.commands.map(({ command }) => command).sort()).toEqual([...inCode].sort());
  });

  it("are the same views", () => {
    const views = Object.values(contributes.views).flatMap((each) => each.map(({ id }) => id));

    expect(views.sort()).toEqual(Object.values(Views).sort());
  });

  it("are the same custom editors", () => {
    expect(contributes.customEditors.map(({ viewType }) => viewType)).toEqual(Object.values(Editors));
  });

  it("are the command that the server puts on a lens", () => {
    expect(InternalCommands.showFullText).toBe(FULL_TEXT_COMMAND);
  });

  it("are settings that exist, with the groupings the code knows", () => {
    const { properties } = contributes.configuration;

    for (const key of Object.values(Settings)) {
      expect(properties).toHaveProperty([`goroutineDump.${key}`]);
    }
    expect(properties["goroutineDump.groupBy"]?.enum).toEqual(groupings);
    expect(properties["goroutineDump.sortBy"]?.enum).toEqual(sortings);
  });

  it("are texts of package.nls.json, all of which are used", () => {
    const used = [...text.matchAll(/"%([^%]+)%"/g)].map(([, key]) => key);
    const texts = JSON.parse(readFileSync(new URL("../../package.nls.json", import.meta.url), "utf8")) as object;

    expect(new Set(used)).toEqual(new Set(Object.keys(texts)));
  });

  it("are context keys that a when clause uses, and no others", () => {
    const clauses = [...text.matchAll(/"(?:when|enablement)": "([^"]*)"/g)].map(([, clause]) => clause ?? "");
    const used = new Set(clauses.flatMap((clause) => clause.match(/goroutineDump\.\w+/g) ?? []));
    for (const view of Object.values(Views)) {
      used.delete(view);
    }

    expect([...used].sort()).toEqual(Object.values(ContextKeys).sort());
  });
});
