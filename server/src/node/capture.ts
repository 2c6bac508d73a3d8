import { endingOf } from "./captureForm.ts";
import { CaptureLog } from "./captureLog.ts";
import type { ManifestEntry } from "./captureManifest.ts";
import type { Output } from "./commands/command.ts";
import { type Fetched, fetchAddress, runCommand } from "./captureSource.ts";
import { type CaptureTarget, nameOfDump, targetKey } from "./captureTarget.ts";
import { keepDump } from "./keepDump.ts";
import { makeFolder } from "./makeFolder.ts";

export interface CaptureOptions {
  readonly targets: readonly CaptureTarget[];
  /** Folder the dumps are written into. */
  readonly folder: string;
  /** A program and its arguments, `{target}` standing for the target; null: targets are addresses. */
  readonly command: readonly string[] | null;
  /** Targets that are asked at the same time. */
  readonly parallel: number;
  readonly timeoutMs: number;
  /** How often a target is asked again that did not answer rightly. */
  readonly retries: number;
  readonly maxBytes: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** What came of a capture. */
export interface CaptureSummary {
  readonly captured: number;
  /** Targets that an earlier run into this folder has captured. */
  readonly skipped: number;
  readonly failed: number;
}

/**
 * Takes a dump of each target into a folder, a few at a time. What came, and why the rest did not, is in the folder's
 * manifest as soon as it is known; a run that was stopped goes on where it stood.
 */
export async function capture(options: CaptureOptions, output: Output): Promise<CaptureSummary> {
  const { targets, folder, parallel } = options;
  await makeFolder(folder);
  const log = await CaptureLog.open(folder);
  const waiting = targets.filter(({ shown, host }) => !log.done.has(targetKey(shown, host)));
  let captured = 0;
  let failed = 0;
  const queue = waiting.values();
  const worker = async (): Promise<void> => {
    for (const target of queue) {
      const entry = await captureOne(target, options);
      await log.add(entry);
      if (entry.problem === null) captured++;
      else {
        failed++;
        output.warn(`${target.shown}: ${entry.problem}`);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, waiting.length) }, worker));
  return { captured, skipped: targets.length - waiting.length, failed };
}

async function captureOne(target: CaptureTarget, options: CaptureOptions): Promise<ManifestEntry> {
  let problem = "nothing was tried";
  for (let attempt = 0; attempt <= options.retries; attempt++) {
    const fetched = await fetchTarget(target, options);
    const time = new Date();
    if (fetched.kind === "bytes") {
      const ending = endingOf(fetched.bytes);
      if (ending !== null) {
        const nameOf = (number: number): string => nameOfDump(target.host, time, ending, number);
        const file = await keepDump(options.folder, fetched.bytes, nameOf);
        return entryOf(target, options, time, { file, bytes: fetched.bytes.length, problem: null });
      }
      problem = "what came holds no goroutines";
    } else problem = fetched.problem;
  }
  return entryOf(target, options, new Date(), { file: null, bytes: 0, problem });
}

function fetchTarget(target: CaptureTarget, options: CaptureOptions): Promise<Fetched> {
  const { command } = options;
  return command === null ? fetchAddress(target, options) : runCommand(command, target.address, options);
}

function entryOf(
  { shown, host, labels }: CaptureTarget,
  options: CaptureOptions,
  time: Date,
  rest: Pick<ManifestEntry, "file" | "bytes" | "problem">,
): ManifestEntry {
  return { target: shown, host, time: time.toISOString(), ...rest, labels: { ...options.labels, ...labels } };
}
