import { defineConfig } from "vitest/config";

/** `unit` is the quick loop (no build needed); `package` looks at what the build left in dist/ and at the VSIX. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/{core,formats,service,lsp,client,grammar,node}/**/*.test.ts"],
          environment: "node",
        },
      },
      { test: { name: "package", include: ["test/package/**/*.test.ts"], environment: "node" } },
    ],
  },
});
