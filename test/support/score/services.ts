import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { formsOf, type ServiceText } from "./forms.ts";

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

/** The texts of a service: as taken at once, minutes later, both in further forms, and its profiles. */
export function textsOf({ folder }: Service): readonly ServiceText[] {
  const read = (file: string): Buffer => readFileSync(join(folder, file));
  return [
    ...formsOf("young", gunzipSync(read("dump.txt.gz"))),
    ...formsOf("aged", gunzipSync(read("aged.txt.gz"))),
    { form: "debug=1", bytes: gunzipSync(read("debug1.txt.gz")), isWhole: true },
    { form: "profile", bytes: read("profile.pb.gz"), isWhole: true },
  ];
}
