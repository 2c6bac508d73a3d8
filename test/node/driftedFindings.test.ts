import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { FindingReport, Report } from "../../server/src/output/report.ts";
import { analyzeOutput } from "../support/analyzeReport.ts";
import { runGit } from "../support/releaseRepository.ts";

const SERVICES = join(import.meta.dirname, "../fixtures/services/learn");
const own = mkdtempSync(join(tmpdir(), "drifted-"));

afterAll(() => rmSync(own, { recursive: true, force: true }));

interface Said {
  readonly rule: string;
  readonly certainty: string;
  readonly evidence: readonly string[];
}

async function findings(dump: string, sources: readonly string[]): Promise<readonly Said[]> {
  const { dumps } = JSON.parse(await analyzeOutput(dump, { sources })) as Report;
  return dumps.flatMap((each) => each.findings).map(said);
}

function said({ rule, certainty, evidence }: FindingReport): Said {
  return { rule, certainty, evidence };
}

function leakingServices(): readonly string[] {
  return readdirSync(SERVICES).filter((name) =>
    /"truth": "leaking"/.test(readFileSync(join(SERVICES, name, "truth.json"), "utf8")),
  );
}

function goFilesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".go"));
}

test("findings of a service rest on its source as it was built, or on none", async () => {
  let differing = 0;
  for (const name of leakingServices()) {
    const dump = join(SERVICES, name, "dump.txt.gz");
    const repository = join(own, name);
    cpSync(join(SERVICES, name), repository, { recursive: true });
    runGit(own, "init", "--quiet", repository);
    runGit(repository, "add", ".");
    runGit(repository, "commit", "--quiet", "--message=built");
    runGit(repository, "tag", "v1.0.0");
    // Three lines further down: most functions still enclose what they did.
    for (const file of goFilesIn(repository)) {
      const path = join(repository, file);
      writeFileSync(
        path,
        readFileSync(path, "utf8").replace(/^package .*$/m, (line) => line + "\n// Note.".repeat(3)),
      );
    }
    const asBuilt = await findings(dump, [join(SERVICES, name)]);
    const drifted = await findings(dump, [repository]);
    rmSync(join(repository, ".git"), { recursive: true });
    const withoutSource = await findings(dump, []);
    const unversioned = await findings(dump, [repository]);
    expect({ name, drifted, unversioned }).toEqual({ name, drifted: asBuilt, unversioned: withoutSource });
    if (JSON.stringify(asBuilt) !== JSON.stringify(withoutSource)) differing++;
  }
  // Else it would not show that the source was read.
  expect(differing).toBeGreaterThan(3);
});
