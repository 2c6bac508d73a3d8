/**
 * What does not agree with the tag of a release; nothing when it can be made.
 * @param {string} tag `v` and the version
 * @param {{ manifest: string, lockfile: string, changelog: string }} texts of package.json, package-lock.json, CHANGELOG.md
 * @returns {string[]}
 */
export function releaseComplaints(tag, { manifest, lockfile, changelog }) {
  const version = /^v(\d+\.\d+\.\d+)$/.exec(tag)?.[1];
  if (version === undefined) return [`The tag ${JSON.stringify(tag)} is not v and three numbers.`];
  const heading = /^## (.*)$/m.exec(changelog)?.[1] ?? "";
  const named = [
    ["package.json", JSON.parse(manifest).version],
    ["package-lock.json", JSON.parse(lockfile).packages[""].version],
    ["The first heading of CHANGELOG.md", /^(\S+) - \d{4}-\d\d-\d\d$/.exec(heading)?.[1] ?? heading],
  ];
  return named
    .filter(([, found]) => found !== version)
    .map(([where, found]) => `${where} says ${found}, not ${version}.`);
}
