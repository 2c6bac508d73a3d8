import { type ExtensionContext, l10n, window } from "vscode";
import { basicAuthorization } from "../../model/authorization.ts";
import { Secrets } from "../../ids.ts";
import type { PprofBase } from "../../model/pprofUrl.ts";

/**
 * What the user is known by, in the editor's secret storage and nowhere else: values of the header `Authorization`, one for
 * each host, and queries, one for each address.
 */
export class Credentials {
  readonly #secrets: ExtensionContext["secrets"];

  constructor({ secrets }: ExtensionContext) {
    this.#secrets = secrets;
  }

  /** Undefined: none were given for the host. */
  async authorizationFor(host: string): Promise<string | undefined> {
    return this.#secrets.get(keyOf(host));
  }

  /** @param credentials `user:password` */
  async keep(host: string, credentials: string): Promise<void> {
    await this.#secrets.store(keyOf(host), basicAuthorization(credentials));
  }

  /** What is asked for with an address, e.g. a token; empty: nothing. */
  async queryFor(address: string): Promise<string> {
    return (await this.#secrets.get(queryKeyOf(address))) ?? "";
  }

  async keepQuery(address: string, query: string): Promise<void> {
    await this.#secrets.store(queryKeyOf(address), query);
  }

  async forget({ host, address }: PprofBase): Promise<void> {
    await this.#secrets.delete(keyOf(host));
    await this.#secrets.delete(queryKeyOf(address));
  }

  /** Asks the user, and keeps the answer; false when there was none. */
  async ask(host: string): Promise<boolean> {
    const basic = l10n.t("User and Password...");
    const header = l10n.t("Authorization Header...");
    const kind = await window.showQuickPick([basic, header], { title: l10n.t("How does {0} know you?", host) });
    const value = kind === basic ? await askBasic(host) : kind === header ? await askHeader(host) : undefined;
    if (value === undefined) {
      return false;
    }
    await this.#secrets.store(keyOf(host), value);
    return true;
  }
}

async function askBasic(host: string): Promise<string | undefined> {
  const user = await window.showInputBox({ title: l10n.t("User for {0}", host) });
  if (user === undefined) {
    return undefined;
  }
  const title = l10n.t("Password of {0} for {1}", user, host);
  const password = await window.showInputBox({ title, password: true, ignoreFocusOut: true });
  return password === undefined ? undefined : basicAuthorization(`${user}:${password}`);
}

async function askHeader(host: string): Promise<string | undefined> {
  const value = await window.showInputBox({
    title: l10n.t("Authorization header for {0}", host),
    prompt: l10n.t("The whole value, e.g. Bearer and a token. It is kept in the editor's secret storage."),
    password: true,
    ignoreFocusOut: true,
  });
  return value?.trim() || undefined;
}

function keyOf(host: string): string {
  return `${Secrets.authorization}:${host}`;
}

function queryKeyOf(address: string): string {
  return `${Secrets.query}:${address}`;
}
