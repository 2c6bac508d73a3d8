import { context } from "esbuild";
import { bundles } from "./bundles.mjs";

/**
 * Builds the bundles for development, and again after every change. For the task of `.vscode/tasks.json`, it prints a
 * line when the first bundle begins, one for each error, and one when no bundle is being built any more.
 */
export async function watchBundles() {
  let building = 0;
  /** @type {import("esbuild").Plugin} */
  const reporter = {
    name: "reporter",
    setup(builder) {
      builder.onStart(() => {
        if (building++ === 0) console.log("[watch] build started");
      });
      builder.onEnd(({ errors }) => {
        for (const { text, location } of errors) {
          const { file = "esbuild.mjs", line = 1, column = 0 } = location ?? {};
          console.log(`[watch] ${file}:${line}:${column + 1}: error: ${text}`);
        }
        if (--building === 0) console.log("[watch] build finished");
      });
    },
  };
  const all = await bundles({ production: false });
  const contexts = await Promise.all(
    all.map((options) => {
      return context({ ...options, logLevel: "silent", plugins: [...(options.plugins ?? []), reporter] });
    }),
  );
  await Promise.all(contexts.map((each) => each.watch()));
}
