import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CancellationTokenSource as Source } from "vscode";
import { dumpServer } from "../../client/src/dumpServer.ts";
import { longRequest } from "../../client/src/features/longRequest.ts";
import { fakeClient, type FakeClient } from "../support/fakeClient.ts";
import { CancellationTokenSource, window } from "../support/vscode/index.ts";

/** A notification with progress, as the user sees it. */
interface Notification {
  readonly options: unknown;
  readonly reported: unknown[];
  readonly user: CancellationTokenSource;
  isOpen: boolean;
}

let server: FakeClient;
let notifications: Notification[];
let finish: (result: unknown) => void;

beforeEach(() => {
  server = fakeClient();
  server.answers.set("goroutineDump/condenseFile", () => new Promise((resolve) => (finish = resolve)));
  notifications = [];
  vi.spyOn(window, "withProgress").mockImplementation((options: unknown, task: (...args: unknown[]) => unknown) => {
    const shown: Notification = { options, reported: [], user: new CancellationTokenSource(), isOpen: true };
    notifications.push(shown);
    const done = task({ report: (value: unknown) => shown.reported.push(value) }, shown.user.token) as Promise<void>;
    return done.then(() => (shown.isOpen = false));
  });
});
afterEach(() => vi.restoreAllMocks());

/** Asks; gives what tells the progress of the request, as the server does. */
function ask(cancellation: Source = new Source()): { answer: Promise<unknown>; tell: (value: unknown) => void } {
  const options = { title: "Reading large.dump", cancellation };
  const answer = longRequest(dumpServer(server.client), "condenseFile", { uri: "file:///w/large.dump" }, options);
  const params = server.asked.at(-1)?.params as { workDoneToken: string } | undefined;
  return { answer, tell: (value) => server.send(params?.workDoneToken ?? "", value) };
}

it("shows the progress of a request from when the server says that it takes long, until it is answered", async () => {
  const { answer, tell } = ask();
  expect(notifications).toEqual([]);
  tell({ kind: "begin", title: "any", percentage: 20 });
  tell({ kind: "report", percentage: 20 });
  tell({ kind: "report", percentage: 50 });
  expect(notifications).toMatchObject([{ options: { title: "Reading large.dump", cancellable: true }, isOpen: true }]);
  expect(notifications[0]?.reported).toEqual([
    { message: "20 %", increment: 20 },
    { message: "50 %", increment: 30 },
  ]);
  finish({ kind: "cancelled" });
  expect(await answer).toEqual({ kind: "cancelled" });
  await expect.poll(() => notifications[0]?.isOpen).toBe(false);
});

it("shows nothing of a request that is soon answered", async () => {
  const { answer } = ask();
  finish({ kind: "cancelled" });
  await answer;
  expect(notifications).toEqual([]);
});

it("is cancelled by the user", async () => {
  const cancellation = new Source();
  const { answer, tell } = ask(cancellation);
  tell({ kind: "begin", title: "any" });
  notifications[0]?.user.cancel();
  expect(cancellation.token.isCancellationRequested).toBe(true);
  finish({ kind: "cancelled" });
  await answer;
});
