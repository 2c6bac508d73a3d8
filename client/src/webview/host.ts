import type { ChartData, ChartMessage } from "../model/chartData.ts";

/** What the editor gives to the scripts of a webview. */
declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

const editor = acquireVsCodeApi();

/** Tells the extension what the user did. */
export function send(message: ChartMessage): void {
  editor.postMessage(message);
}

/** Calls back with whatever the extension wants shown. Messages come from the extension alone: it owns this frame. */
export function onData(show: (data: ChartData) => void): void {
  window.addEventListener("message", (event: MessageEvent<ChartData>) => show(event.data));
}
