import { expect, it } from "vitest";
import { collectGarbage } from "../../server/src/node/collectGarbage.ts";

it("frees what nothing holds any more, again and again", async () => {
  const gone = new WeakRef({});
  await collectGarbage();
  await collectGarbage();
  expect(gone.deref()).toBeUndefined();
});
