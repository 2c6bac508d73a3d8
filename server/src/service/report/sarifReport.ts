import { RULES } from "../../core/findings/registry.ts";
import type { FindingReport } from "../../output/report.ts";
import { lineToday } from "./placeToday.ts";
import type { LazyDumpReport, LazyReport } from "./lazyReport.ts";

const LEVELS = { proven: "error", strong: "warning", suspect: "note" } as const;

/** The product as SARIF names it. */
export interface SarifTool {
  readonly name: string;
  readonly version: string;
  readonly informationUri: string;
  /** Address of a rule's documentation. */
  readonly helpUri: (rule: string) => string;
}

/**
 * A report as a SARIF 2.1.0 log: results stand at source places where they were resolved, else in the dump. Where a file
 * has changed they stand at the line that is the same today, and in the dump where none is: a viewer would show them
 * beside something else.
 */
export function sarifReport(report: LazyReport, tool: SarifTool): object {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            version: tool.version,
            informationUri: tool.informationUri,
            rules: RULES.map(({ id, title, certainties }) => ({
              id,
              shortDescription: { text: title },
              helpUri: tool.helpUri(id),
              defaultConfiguration: { level: LEVELS[certainties[0]] },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: report.dumps.flatMap((dump) => [...dump.findings].map((finding) => result(dump, finding))),
      },
    ],
  };
}

function result(dump: LazyDumpReport, finding: FindingReport): object {
  const inDump = location(fileUri(dump.file), finding.dumpLine);
  const { resolved, resolvedBy, drift, revision, movedFrom, otherVersion } = finding;
  const line = lineToday(finding);
  const place = resolved !== null && line !== null ? location(fileUri(resolved), line) : undefined;
  return {
    ruleId: finding.rule,
    ruleIndex: RULES.findIndex(({ id }) => id === finding.rule),
    level: LEVELS[finding.certainty],
    message: { text: [finding.title, finding.message, ...finding.evidence].join("\n") },
    locations: [place ?? inDump],
    relatedLocations: place ? [{ id: 0, message: { text: "The goroutine in the dump" }, ...inDump }] : [],
    properties: {
      certainty: finding.certainty,
      goroutines: finding.count,
      goroutineIds: finding.goroutineIds,
      evidence: finding.evidence,
      ...(resolved !== null && { resolved, resolvedBy, drift, revision, movedFrom, otherVersion }),
    },
  };
}

function location(uri: string, line: number): object {
  return { physicalLocation: { artifactLocation: { uri }, region: { startLine: Math.max(1, line) } } };
}

/** A path as a URI reference: absolute paths become `file:` URIs, relative ones stay relative to the run's folder. */
function fileUri(path: string): string {
  const encoded = path
    .replaceAll("\\", "/")
    .split("/")
    .map((part) => encodeURIComponent(part).replaceAll("%3A", ":"))
    .join("/");
  if (encoded.startsWith("/")) return `file://${encoded}`;
  return /^[A-Za-z]:\//.test(encoded) ? `file:///${encoded}` : encoded;
}
