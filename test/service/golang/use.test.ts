import { expect, test } from "vitest";
import { useOfName } from "../../../server/src/service/golang/use.ts";

test.each([
  ["s.«ch» <- v", "sends to"],
  ["s.«chans»[i] <- v", "sends to"],
  ["v := <-s.«ch»", "receives from"],
  ["case v, ok := <-«ch»:", "receives from"],
  ["for v := range s.«ch» {", "ranges over"],
  ["close(s.«ch»)", "closes"],
  ["for v := range «s».ch {", "mentions"],
  ["v := <-«s».chans[i].ch", "mentions"],
  ["s.«mu».Lock()", "calls Lock of"],
  ["defer s.«mu».RUnlock()", "calls RUnlock of"],
  ["«ch» := make(chan int)", "sets"],
  ["s.«ch» = nil", "sets"],
  ["«mu» sync.Mutex", "mentions"],
  ["func f(«ch» <-chan int) {", "mentions"],
  ["work(«ch»)", "mentions"],
])("%s", (marked, expected) => {
  const source = `package p\n\n${marked.replace(/[«»]/g, "")}\n`;
  expect(useOfName(source, 2, marked.indexOf("«"))).toBe(expected);
});

test("a place that holds no name is mentioned only", () => {
  expect(useOfName("package p\n", 7, 3)).toBe("mentions");
});
