import { expect, test } from "vitest";
import { groupGoroutines } from "../../../server/src/core/group/groups.ts";
import { DumpReader } from "../../../server/src/core/read/dumpReader.ts";
import type { SourceFact } from "../../../server/src/core/analysis/sourceFacts.ts";
import { readSourceFacts } from "../../../server/src/service/locator/sourceFacts.ts";
import { LocatorBench } from "../../support/locatorBench.ts";
import { neverCancelled } from "../../support/memoryFileSystem.ts";

const SOURCE = `package app

func (s *server) run(ctx context.Context) {
	for {
		select {
		case job := <-s.jobs:
			s.out <- job
		case <-ctx.Done():
			return
		}
	}
}

func (s *server) store() {
	s.mu.Lock()
}
`;

const DUMP = `goroutine 1 [select]:
example.com/app.(*server).run(0xc000012345)
	/build/app.go:5 +0x48

goroutine 7 [chan send, 4 minutes]:
example.com/app.(*server).run(0xc000012345)
	/build/app.go:7 +0x99

goroutine 8 [sync.Mutex.Lock]:
sync.(*Mutex).Lock(...)
	/usr/local/go/src/sync/mutex.go:46
example.com/app.(*server).store(0xc000012345)
	/build/app.go:15 +0x99

goroutine 9 [chan receive]:
example.com/app.(*server).run(0xc000012345)
	/build/app.go:99 +0x99
`;

async function factsOf(dumpText: string): Promise<Readonly<Record<number, SourceFact | undefined>>> {
  const reader = new DumpReader();
  reader.push(new TextEncoder().encode(dumpText));
  const dump = reader.end().dumps[0]!;
  const { locator } = new LocatorBench({ files: { "/ws/go.mod": "module example.com/app", "/ws/app.go": SOURCE } });
  const { groups } = groupGoroutines(dump, { byLabels: false });
  const facts = await readSourceFacts(dump, groups, locator, { goVersion: null }, neverCancelled);
  return Object.fromEntries([...dump.frames.line].map((line, id) => [line, facts.at(id)]));
}

test("the source at the places where goroutines stand is read", async () => {
  const facts = await factsOf(DUMP);
  expect(facts[5]).toEqual({
    syntax: "select",
    hasDefault: false,
    hasTimer: false,
    hasDone: true,
    isForContext: false,
  });
  expect(facts[7]).toMatchObject({ syntax: "send" });
  expect(facts[15]).toMatchObject({ syntax: "other" });
});

test("a source that has changed, or is not at hand, says nothing", async () => {
  const facts = await factsOf(DUMP);
  expect(facts[99]).toBeUndefined();
  expect(facts[46]).toBeUndefined();
});
