import { expect, test } from "vitest";
import { analyse } from "../../support/analyse.ts";
import { dumpText, type GoroutineText } from "../../support/goroutineText.ts";

const worker = (id: number, state: string, ...inner: readonly string[]) => ({
  id,
  state,
  frames: [...inner, "shop/pool.(*Pool).work(0xc000300000) pool.go:23"],
  by: ["shop/pool.New pool.go:16", 1] as const,
});

const TASK = ["shop/pool.(*Pool).Do(0xc000300000) pool.go:34", "shop/report.render(0xc000400000) report.go:52"];

const rules = (...goroutines: readonly GoroutineText[]) =>
  analyse(dumpText(...goroutines))
    .findings.filter(({ rule }) => rule === "pool-starvation")
    .map(({ certainty, count }) => `${certainty} ${count}`);

test("a pool all of whose workers wait for the pool is starved", () => {
  expect(rules(worker(7, "chan receive", ...TASK), worker(8, "chan send", ...TASK))).toEqual(["strong 2"]);
});

test("one free worker is enough to say nothing", () => {
  expect(rules(worker(7, "chan receive", ...TASK), worker(8, "chan send", ...TASK), worker(9, "chan receive"))).toEqual(
    [],
  );
});

test("a single goroutine, or one that may leave its select, is no pool", () => {
  expect(rules(worker(7, "chan receive", ...TASK))).toEqual([]);
  expect(rules(worker(7, "select", ...TASK), worker(8, "select", ...TASK))).toEqual([]);
});
