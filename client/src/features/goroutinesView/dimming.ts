import { FileDecoration, ThemeColor, Uri, window, type Disposable } from "vscode";

/** Tree items can be coloured only as if they were files: all dimmed ones are this one. */
export const dimmedUri = Uri.from({ scheme: "goroutine-dump-tree", path: "/dimmed" });

/** Dims the tree items that have {@link dimmedUri}. */
export function dimTreeItems(): Disposable {
  return window.registerFileDecorationProvider({
    provideFileDecoration: (uri) =>
      uri.scheme === dimmedUri.scheme
        ? new FileDecoration(undefined, undefined, new ThemeColor("descriptionForeground"))
        : undefined,
  });
}
