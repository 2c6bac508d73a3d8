import { type CancellationToken, type ExtensionContext, FileSystemError, Uri, workspace } from "vscode";
import { captureFileName, whatCame } from "../../model/captureFile.ts";
import type { CaptureProblem } from "../../model/captureProblem.ts";
import { type PprofBase, type ProfileKind, profileUrl, shownProfileUrl } from "../../model/pprofUrl.ts";
import { httpGet } from "../../runtime/httpGet.ts";
import { nonce } from "../../runtime/nonce.ts";
import { captureFolder, captureSettings } from "./captureSettings.ts";
import type { Credentials } from "./credentials.ts";

/** What a capture is made with. */
export interface CaptureOptions {
  readonly token: CancellationToken;
  readonly onProgress: (bytes: number) => void;
}

/** A capture: the file it was saved in, or why there is none. `url` is without secrets. */
export type Captured =
  | { readonly kind: "saved"; readonly uri: Uri }
  | { readonly kind: "failed"; readonly url: string; readonly problem: CaptureProblem };

/** Names tried when others are taken. */
const nameLimit = 100;

/** Gets dumps from running programs, and saves them. */
export class Capture {
  readonly credentials: Credentials;
  readonly #context: ExtensionContext;

  constructor(context: ExtensionContext, credentials: Credentials) {
    this.#context = context;
    this.credentials = credentials;
  }

  /** Captures one dump, and the further profiles the user wants; those may fail, as old programs lack them. */
  async once(base: PprofBase, options: CaptureOptions): Promise<Captured> {
    const { labels, leakProfile } = captureSettings();
    const captured = await this.#profile(base, "stacks", options);
    if (captured.kind === "saved" && labels) {
      await this.#profile(base, "labels", options);
    }
    if (captured.kind === "saved" && leakProfile) {
      await this.#profile(base, "leaks", options);
    }
    return captured;
  }

  async #profile(base: PprofBase, kind: ProfileKind, { token, onProgress }: CaptureOptions): Promise<Captured> {
    const url = shownProfileUrl(base, kind);
    const settings = captureSettings();
    const authorization = await this.credentials.authorizationFor(base.host);
    const onCancel = (stop: () => void): (() => void) => {
      const listening = token.onCancellationRequested(stop);
      return () => void listening.dispose();
    };
    const result = await httpGet(profileUrl(base, kind), { ...settings, authorization, onProgress, onCancel });
    if (result.kind !== "received") {
      return { kind: "failed", url, problem: result };
    }
    const what = whatCame(result.bytes);
    if (what !== "dump") {
      return { kind: "failed", url, problem: { kind: what } };
    }
    const name = (attempt: number): string => captureFileName(base.host, Date.now(), kind, attempt);
    return { kind: "saved", uri: await saveNew(captureFolder(this.#context), name, result.bytes) };
  }
}

/**
 * Writes a file under the first of its names that is free: a capture never takes the place of another, of another window
 * neither. It is written under a name of its own, and then gets the first name that the file system has not given away.
 */
export async function saveNew(folder: Uri, name: (attempt: number) => string, bytes: Uint8Array): Promise<Uri> {
  const written = Uri.joinPath(folder, `.${nonce()}.part`);
  try {
    await workspace.fs.writeFile(written, bytes);
    for (let attempt = 0; attempt < nameLimit; attempt++) {
      const uri = Uri.joinPath(folder, name(attempt));
      if (await rename(written, uri)) {
        return uri;
      }
    }
  } catch (error) {
    await workspace.fs.delete(written).then(undefined, () => {});
    throw error;
  }
  await workspace.fs.delete(written);
  throw FileSystemError.FileExists(Uri.joinPath(folder, name(0)));
}

/** False: the name is taken. */
async function rename(from: Uri, to: Uri): Promise<boolean> {
  try {
    await workspace.fs.rename(from, to, { overwrite: false });
    return true;
  } catch (error) {
    if (error instanceof FileSystemError && error.code === "FileExists") {
      return false;
    }
    throw error;
  }
}
