import { defineConfig } from "vitest/config";

/**
 * Tests that go through all fixtures or thousands of made-up texts: seconds each, too slow for the quick loop.
 * Each file has a process of its own, which the one that measures memory needs.
 */
const overFixtures = [
  "test/core/{corpus,properties,scoreboard,services,unwrap}.test.ts",
  "test/core/condensed/*.test.ts",
  "test/core/redact/redact.test.ts",
  "test/core/hostile/{manyOfEach,patterns}.test.ts",
  "test/core/findings/titles.test.ts",
  "test/core/read/{goroutineBlocks,readAhead,wrappedTime}.test.ts",
  "test/formats/{anyReader,profileWriter,shapes}.test.ts",
  "test/grammar/{corpus,grammar}.test.ts",
  "test/lsp/rules.test.ts",
  "test/node/{driftedFindings,sameFindings}.test.ts",
  "test/lsp/answerSizes.test.ts",
  "test/service/{memory,robust}.test.ts",
  "test/service/document/textBlock.test.ts",
  "test/service/golang/{goTruth,stuck}.test.ts",
  "test/service/locator/{corpus,statesOfServices}.test.ts",
  "test/service/revision/ownSource.test.ts",
];

/** The editor's own module exists in the editor alone. */
const alias = { vscode: new URL("test/support/vscode/index.ts", import.meta.url).pathname };

/**
 * When a test counts as one that hangs, in milliseconds. No test passes or fails by its speed: the same tests run on a
 * machine that does thirty other things.
 */
const hangMs = 600_000;

/** How long a test waits for what it expects, in milliseconds: ten times what that takes on such a machine. */
const patienceMs = 60_000;
const expectation = { poll: { timeout: patienceMs }, requireAssertions: true };

/**
 * `unit` is the quick loop (no build needed), `fixtures` what takes longer; `package` looks at what the build left in dist/ and at the VSIX;
 * `e2e` opens the real VS Code.
 */
export default defineConfig({
  test: {
    reporters: ["default", "./test/triesReporter.ts"],
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["test/{core,formats,service,library,lsp,client,grammar,node}/**/*.test.ts"],
          exclude: overFixtures,
          // Modules are loaded once for all files: with a process for each, starting them took most of the time.
          pool: "threads",
          isolate: false,
          // All cores: by itself vitest leaves one to its own process, which does little here.
          maxWorkers: "100%",
          environment: "node",
          testTimeout: hangMs,
          hookTimeout: hangMs,
          expect: expectation,
        },
      },
      {
        test: {
          name: "fixtures",
          include: overFixtures,
          environment: "node",
          testTimeout: hangMs,
          hookTimeout: hangMs,
          expect: expectation,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.e2e.test.ts"],
          environment: "node",
          globalSetup: "test/e2e/support/globalSetup.ts",
          // The files of a process share its window. Two at a time: an editor keeps little more than one core busy.
          isolate: false,
          maxWorkers: 2,
          testTimeout: hangMs,
          hookTimeout: hangMs,
          // The editor may lose a key or a click while it is still moving; a test that fails three times is wrong.
          retry: 2,
          expect: expectation,
          provide: { patienceMs },
        },
      },
      {
        test: {
          name: "package",
          include: ["test/package/**/*.test.ts"],
          environment: "node",
          globalSetup: "test/package/globalSetup.ts",
          testTimeout: hangMs,
          hookTimeout: hangMs,
          expect: expectation,
        },
      },
    ],
  },
});
