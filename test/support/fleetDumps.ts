import type { ManifestEntry } from "../../server/src/node/captureManifest.ts";

/** A dump as `capture` leaves it: its file, and its line in the manifest of its folder. */
export interface FleetDump {
  readonly day: string;
  readonly name: string;
  readonly text: string;
  readonly entry: ManifestEntry & { readonly labels: { readonly service: string; readonly release: string } };
}

const START = Date.UTC(2026, 10, 20, 18);
/** Releases by the hour since which they run. */
const RELEASES = [
  [7, "v1.34.0"],
  [4, "v1.33.0"],
  [0, "v1.32.0"],
] as const;

/**
 * A dump an hour of each host of two services, over two days. In `shop` a third of the hosts leak from the second release
 * on, more each hour; in the third release the line has shifted. Everything else comes and goes.
 */
export function fleetDumps({ hosts, hours }: { readonly hosts: number; readonly hours: number }): readonly FleetDump[] {
  return Array.from({ length: hours }, (_, hour) =>
    Array.from({ length: hosts }, (__, host) => fleetDump(host, hour)),
  ).flat();
}

function fleetDump(host: number, hour: number): FleetDump {
  const time = new Date(START + hour * 3_600_000);
  const service = host % 5 < 3 ? "shop" : "pay";
  const release = RELEASES.find(([since]) => hour >= since)![1];
  const name = `${service}-${host}.debug2.txt`;
  return {
    day: time.toISOString().slice(0, 10),
    name: `${hour}-${name}`,
    text: textOf(service, host, hour),
    entry: {
      target: `${service}-${host}`,
      host: `${service}-${host}`,
      time: time.toISOString(),
      file: `${hour}-${name}`,
      bytes: 1,
      problem: null,
      labels: { service, release },
    },
  };
}

function textOf(service: string, host: number, hour: number): string {
  const blocks = ["goroutine 1 [running]:\nmain.main()\n\t/src/main.go:3 +0x1\n"];
  const add = (count: number, body: (id: number) => string): void => {
    for (let each = 0; each < count; each++) blocks.push(`goroutine ${blocks.length + 1} ${body(blocks.length)}`);
  };
  for (let place = 0; place < 15; place++) {
    add((host * 7 + hour * 3 + place) % 5, (id) => waits(service, place, (host + id) % 9 === 0));
  }
  // The standard library's alone, with the runtime's frames inside of it.
  add(
    (host + hour) % 3,
    () =>
      "[IO wait]:\ninternal/poll.runtime_pollWait(0x1, 0x72)\n\t/go/src/runtime/netpoll.go:351 +0x1\n" +
      "net/http.(*conn).serve(0x1)\n\t/go/src/net/http/server.go:1999 +0x1\n",
  );
  if (service === "shop" && hour >= 4 && host % 3 === 0) {
    add(30 * (hour - 3) + host, (id) => leaks(hour >= 7 ? 25 : 20, id));
  }
  return blocks.join("\n");
}

function waits(service: string, place: number, isScanned: boolean): string {
  const state = ["select", "chan receive", "IO wait"][place % 3]!;
  const frame = `example.com/${service}/part${place}.Serve(0x1)\n\t/src/part${place}/serve.go:${10 + place} +0x1\n`;
  return `[${state}${isScanned ? " (scan)" : ""}]:\n${frame}`;
}

function leaks(line: number, id: number): string {
  return (
    `[chan send, 12 minutes]:\nexample.com/shop/hub.(*Hub).send(0x${id.toString(16)})\n\t/src/hub/hub.go:${line} +0x1\n` +
    "created by example.com/shop/hub.Start in goroutine 1\n\t/src/hub/hub.go:9 +0x1\n"
  );
}
