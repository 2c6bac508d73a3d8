import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { asPrintedBy, OLDER_TEXTS } from "./goTexts.ts";

/** The labelled services, see their `INDEX.md`. */
export const SERVICES = join(import.meta.dirname, "../../fixtures/services");

/** Rules may be made from `learn`; `heldOut` is only scored. */
export const HALVES = ["learn", "heldOut"] as const;
export type Half = (typeof HALVES)[number];

/** Goroutines that stand at one place for good. */
export interface Leak {
  /** The end of a position, such as `hub/hub.go:58`. */
  readonly at: string;
  readonly goroutines: number;
  /** Their ids, in the dumps with ids: others at the same place are healthy. Absent: all that stand there. */
  readonly ids?: readonly number[];
  /** The rule that should speak. */
  readonly kind?: string;
  /** They are stuck only because of the others: nobody has to name them. */
  readonly consequence?: boolean;
}

/** What is true of a service. */
export interface Service {
  readonly name: string;
  /** The folder of its source and its dumps. */
  readonly folder: string;
  readonly truth: "leaking" | "healthy";
  /** Empty in a healthy one. */
  readonly leaks: readonly Leak[];
}

/** A dump of a service, taken or derived. */
export interface ServiceDump {
  /** How it is written: `young`, `aged`, `young as Go 1.19`, `debug=1`, ... */
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** The services of a half, by name. */
export function servicesOf(half: Half): readonly Service[] {
  const folder = join(SERVICES, half);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const truth = JSON.parse(readFileSync(join(folder, name, "truth.json"), "utf8")) as Pick<
        Service,
        "truth" | "leaks"
      >;
      return { name, folder: join(folder, name), truth: truth.truth, leaks: truth.leaks };
    });
}

/** The texts of a service: as taken at once, minutes later, as older versions of Go print both, and its profiles. */
export function dumpsOf({ folder }: Service): readonly ServiceDump[] {
  const traced = [
    ["young", "dump.txt.gz"],
    ["aged", "aged.txt.gz"],
  ] as const;
  const texts = traced.flatMap(([text, file]) => {
    const bytes = gunzipSync(readFileSync(join(folder, file)));
    const older = OLDER_TEXTS.map((version) => ({
      text: `${text} as Go ${version}`,
      bytes: Buffer.from(asPrintedBy(version, bytes.toString())),
    }));
    return [{ text, bytes }, ...older];
  });
  return [
    ...texts,
    { text: "debug=1", bytes: gunzipSync(readFileSync(join(folder, "debug1.txt.gz"))) },
    { text: "profile", bytes: readFileSync(join(folder, "profile.pb.gz")) },
  ];
}
