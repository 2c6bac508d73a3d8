import { type ExtensionContext, l10n, window } from "vscode";
import { Memory } from "../../ids.ts";
import { type PprofBase, type ReadUrl, readPprofUrl, withoutSecrets } from "../../model/pprofUrl.ts";
import { askInAddressBox } from "./addressBox.ts";
import type { Credentials } from "./credentials.ts";

/** Addresses remembered for a workspace, the latest first. */
const remembered = 10;
/** Where the documentation of net/http/pprof has programs listen. */
const usualAddress = "http://localhost:6060/debug/pprof";

/**
 * Asks which program to capture from; undefined when the user gives up. Credentials and the query of the address, which may
 * hold a token, go to the secrets: what is remembered and shown is the address without them.
 */
export async function askForUrl(context: ExtensionContext, credentials: Credentials): Promise<PprofBase | undefined> {
  const known = context.workspaceState.get<readonly string[]>(Memory.captureUrls, []).map(withoutSecrets);
  const url = await readAnswer(known);
  if (url?.kind !== "read") {
    return undefined;
  }
  if (url.credentials !== undefined) {
    await credentials.keep(url.base.host, url.credentials);
  }
  const { address, query } = url.base;
  const latest = [address, ...known.filter((each) => each !== address)].slice(0, remembered);
  await context.workspaceState.update(Memory.captureUrls, latest);
  if (query !== "") {
    await credentials.keepQuery(address, query);
    return url.base;
  }
  return { ...url.base, query: await credentials.queryFor(address) };
}

/** An address that cannot be read is asked for again, in a box that says what is wrong with it. */
async function readAnswer(known: readonly string[]): Promise<ReadUrl | undefined> {
  if (known.length === 0) return readTyped(usualAddress);
  const chosen = await askInAddressBox(title(), known);
  if (chosen === undefined) return undefined;
  const url = readPprofUrl(chosen);
  return url.kind === "read" ? url : readTyped(chosen);
}

async function readTyped(value: string): Promise<ReadUrl | undefined> {
  const typed = await typeUrl(value);
  return typed === undefined ? undefined : readPprofUrl(typed);
}

const title = () => l10n.t("Capture Goroutine Dump from URL");

function typeUrl(value: string): Thenable<string | undefined> {
  return window.showInputBox({
    title: title(),
    prompt: l10n.t("Where the program serves net/http/pprof, e.g. localhost:6060"),
    value,
    ignoreFocusOut: true,
    validateInput: (text) => complaint(readPprofUrl(text)),
  });
}

function complaint(url: ReadUrl): string | undefined {
  if (url.kind === "read") {
    return undefined;
  }
  switch (url.reason) {
    case "empty":
      return l10n.t("Type the address of the program.");
    case "scheme":
      return l10n.t("The address must begin with http:// or https://.");
    case "host":
      return l10n.t("The address names no host.");
    case "port":
      return l10n.t("The port must be a number from 1 to 65535.");
  }
}
