/** The way from a page to the extension. */
export interface Editor<Message> {
  postMessage(message: Message): void;
}

/** What the editor gives to the scripts of a webview, once; nothing in a browser. */
declare const acquireVsCodeApi: (() => Editor<unknown>) | undefined;

/** The editor that shows this page; undefined for a file in a browser. */
export function editorOfPage<Message>(): Editor<Message> | undefined {
  return typeof acquireVsCodeApi === "function" ? acquireVsCodeApi() : undefined;
}
