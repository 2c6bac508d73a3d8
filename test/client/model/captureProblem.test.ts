import { describe, expect, it } from "vitest";
import { type CaptureProblem, captureProblemText } from "../../../client/src/model/captureProblem.ts";
import { english } from "../../support/localizer.ts";

describe("why there is no dump is told with what to do", () => {
  it.each<readonly [CaptureProblem, RegExp]>([
    [{ kind: "unreachable", reason: "connect ECONNREFUSED 127.0.0.1:6060" }, /Nothing listens .* Does the program run/],
    [{ kind: "unreachable", reason: "getaddrinfo ENOTFOUND shop" }, /host .* is not known/],
    [{ kind: "unreachable", reason: "terminated" }, /broke off in the middle .* Did the program end/],
    [{ kind: "unreachable", reason: "self-signed certificate" }, /certificate .* is not accepted/],
    [{ kind: "unreachable", reason: "Failed to fetch" }, /does not allow other origins/],
    [{ kind: "unreachable", reason: "no route to host" }, /cannot be reached: no route to host/],
    [{ kind: "status", status: 404 }, /import net\/http\/pprof/],
    [{ kind: "status", status: 502 }, /failed with status 502/],
    [{ kind: "status", status: 418 }, /answered with status 418/],
    [{ kind: "unauthorized", status: 401 }, /asks for credentials/],
    [{ kind: "redirect", to: "https://login/" }, /redirects to https:\/\/login\/\..* login page/],
    [{ kind: "redirect", to: null }, /redirects to another address/],
    [{ kind: "silent", ms: 30_000 }, /nothing for 30 seconds.*goroutineDump\.capture\.timeout/],
    [{ kind: "tooLarge", maxBytes: 256 * 1024 * 1024 }, /larger than 256 MB.*goroutineDump\.capture\.maxSize/],
    [{ kind: "empty" }, /answered with nothing/],
    [{ kind: "html" }, /a web page, not a dump/],
    [{ kind: "noDump" }, /is no goroutine dump/],
  ])("%j", (problem, text) => {
    expect(captureProblemText(problem, "http://h/debug/pprof/goroutine?debug=2", english)).toMatch(text);
  });

  it("but not when the user cancelled", () => {
    expect(captureProblemText({ kind: "cancelled" }, "http://h/", english)).toBeUndefined();
  });
});
