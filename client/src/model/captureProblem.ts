import type { Localizer } from "./localizer.ts";
import { withoutSecrets } from "./pprofUrl.ts";

/** Why a capture gave no dump. */
export type CaptureProblem =
  | { readonly kind: "cancelled" }
  /** No connection: `reason` is the system's. */
  | { readonly kind: "unreachable"; readonly reason: string }
  /** Nothing came for that long. */
  | { readonly kind: "silent"; readonly ms: number }
  /** It was not whole after that long. */
  | { readonly kind: "tooLong"; readonly ms: number }
  | { readonly kind: "unauthorized"; readonly status: number }
  | { readonly kind: "redirect"; readonly to: string | null }
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "tooLarge"; readonly maxBytes: number }
  | { readonly kind: "empty" }
  /** A page for people came. */
  | { readonly kind: "html" }
  /** Something else came. */
  | { readonly kind: "noDump" };

/** Says what happened and what to do, in one or two sentences; undefined for what the user cancelled. */
export function captureProblemText(problem: CaptureProblem, url: string, l10n: Localizer): string | undefined {
  switch (problem.kind) {
    case "cancelled":
      return undefined;
    case "unreachable":
      return unreachableText(problem.reason, url, l10n);
    case "silent":
      return l10n.t(
        "{0} sent nothing for {1} seconds. Is the program stopped or overloaded? The setting goroutineDump.capture.timeout allows more time.",
        url,
        Math.round(problem.ms / 1000),
      );
    case "tooLong":
      return l10n.t(
        "The dump of {0} was not whole after {1} seconds, and was not saved.",
        url,
        Math.round(problem.ms / 1000),
      );
    case "unauthorized":
      return l10n.t("{0} asks for credentials, or refuses the ones it got (status {1}).", url, problem.status);
    case "redirect":
      return problem.to === null
        ? l10n.t("{0} redirects to another address. Capture from that address.", url)
        : l10n.t(
            "{0} redirects to {1}. Capture from that address, unless it is a login page.",
            url,
            withoutSecrets(problem.to),
          );
    case "status":
      return statusText(problem.status, url, l10n);
    case "tooLarge":
      return l10n.t(
        "The dump of {0} is larger than {1} MB, and was not saved. The setting goroutineDump.capture.maxSize allows more.",
        url,
        Math.round(problem.maxBytes / 1024 / 1024),
      );
    case "empty":
      return l10n.t("{0} answered with nothing. Is it the address of a Go program's pprof?", url);
    case "html":
      return l10n.t("{0} answered with a web page, not a dump. Does a login page or a proxy answer?", url);
    case "noDump":
      return l10n.t("{0} answered with something that is no goroutine dump. Is it a Go program's pprof?", url);
  }
}

function unreachableText(reason: string, url: string, l10n: Localizer): string {
  if (reason.includes("ECONNREFUSED")) {
    return l10n.t("Nothing listens at {0}. Does the program run, and on this port?", url);
  }
  if (/ENOTFOUND|EAI_AGAIN/.test(reason)) {
    return l10n.t("The host of {0} is not known. Is its name right, and the VPN connected?", url);
  }
  if (/ECONNRESET|socket hang up|other side closed|terminated|EPIPE/.test(reason)) {
    return l10n.t("{0} broke off in the middle of the dump, which was not saved. Did the program end?", url);
  }
  if (/certificate|CERT_|SSL|TLS/i.test(reason)) {
    return l10n.t(
      "The certificate of {0} is not accepted: {1}. It has to be one that this machine trusts.",
      url,
      reason,
    );
  }
  if (/Failed to fetch|NetworkError|Load failed/.test(reason)) {
    return l10n.t(
      "The browser did not get {0}: nothing listens there, or the program does not allow other origins (CORS). Desktop VS Code needs no permission for that.",
      url,
    );
  }
  return l10n.t("{0} cannot be reached: {1}", url, reason);
}

function statusText(status: number, url: string, l10n: Localizer): string {
  if (status === 404) {
    return l10n.t(
      "There is no goroutine profile at {0}. Does the program import net/http/pprof, and serve it at this port and path?",
      url,
    );
  }
  return status >= 500
    ? l10n.t("The server of {0} failed with status {1}. Try again, or look at its log.", url, status)
    : l10n.t("{0} answered with status {1}, not with a dump.", url, status);
}
