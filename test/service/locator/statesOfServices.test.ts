import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { type Group, groupGoroutines } from "../../../server/src/core/group/groups.ts";
import type { Dump } from "../../../server/src/core/model/dump.ts";
import { stackOf } from "../../../server/src/core/model/stack.ts";
import { readAny } from "../../../server/src/formats/anyReader.ts";
import { nodeFileSystem } from "../../../server/src/node/nodeFileSystem.ts";
import { readSourceFacts } from "../../../server/src/service/locator/sourceFacts.ts";
import { createSourceLocator } from "../../../server/src/service/locator/sourceLocator.ts";
import { neverCancelled, silentLogger } from "../../support/memoryFileSystem.ts";
import { HALVES, type Service, servicesOf, textsOf } from "../../support/score/services.ts";

/** The groups of a text of a service: where they stand, without the runtime's frames. */
function groupsOf(service: Service, form: string) {
  const dump = readAny(textsOf(service).find((text) => text.form === form)!.bytes).dumps[0]!;
  const { groups } = groupGoroutines(dump, { byLabels: false });
  const placeOf = ({ stack }: Group) =>
    stackOf(dump, stack)
      .frames.filter(({ function: name }) => !name.startsWith("runtime."))
      .map(({ function: name, line }) => `${name}:${line}`)
      .join(" ");
  return { dump, groups, placeOf };
}

async function settledIn({ folder }: Service, dump: Dump, groups: readonly Group[]) {
  const locator = createSourceLocator({
    fileSystem: nodeFileSystem,
    logger: silentLogger,
    folders: [{ uri: pathToFileURL(folder).href, name: "service" }],
    settings: { sourceMap: [], trusted: true },
  });
  const { states } = await readSourceFacts(dump, groups, locator, { goVersion: null }, neverCancelled);
  return states ?? new Map<number, string>();
}

test("the states that the source tells of profiles as text are those of the protobuf profiles, over all services", async () => {
  const counts: Record<string, number> = {};
  const wrong: string[] = [];
  for (const service of HALVES.flatMap(servicesOf)) {
    const truth = groupsOf(service, "profile");
    const { dump, groups, placeOf } = groupsOf(service, "debug=1");
    const states = await settledIn(service, dump, groups);
    for (const group of groups) {
      const state = states.get(group.id);
      const known = truth.groups.filter((one) => truth.placeOf(one) === placeOf(group)).map((one) => one.state);
      if (state === undefined || known.length === 0) continue;
      if (known.includes(state)) counts[state] = (counts[state] ?? 0) + 1;
      else wrong.push(`${service.name}: ${placeOf(group)}: ${state}, not ${known.join(" or ")}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(counts["chan send"]).toBeGreaterThan(2);
  expect(counts["chan receive"]).toBeGreaterThan(2);
});
