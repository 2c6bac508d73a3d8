// `node scripts/checkRelease.mjs v1.2.3`: whether manifest, lockfile and changelog agree with the tag of a release.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runMain } from "./lib/main.mjs";
import { root } from "./lib/paths.mjs";
import { releaseComplaints } from "./lib/release.mjs";

await runMain(async () => {
  const [manifest = "", lockfile = "", changelog = ""] = ["package.json", "package-lock.json", "CHANGELOG.md"].map(
    (file) => readFileSync(join(root, file), "utf8"),
  );
  const complaints = releaseComplaints(process.argv[2] ?? "", { manifest, lockfile, changelog });
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
});
