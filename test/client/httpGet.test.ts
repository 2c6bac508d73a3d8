import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { type GetOptions, httpGet } from "../../client/src/runtime/httpGet.ts";

const MEGABYTE = 1024 * 1024;

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(answer: RequestListener): Promise<string> {
  const started = createServer(answer);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/`;
}

const options: GetOptions = {
  authorization: undefined,
  silenceMs: 5000,
  longestMs: 60_000,
  maxBytes: 1000,
  onProgress: () => {},
  onCancel: () => () => {},
};

describe("getting a dump", () => {
  it("gives its bytes, tells the progress, and sends what the user is known by", async () => {
    const sizes: number[] = [];
    const url = await serve(({ headers }, response) => response.end(`hello ${headers.authorization}`));

    const got = await httpGet(url, { ...options, authorization: "Bearer t", onProgress: (size) => sizes.push(size) });

    expect(got.kind === "received" ? new TextDecoder().decode(got.bytes) : got).toBe("hello Bearer t");
    expect(sizes.at(-1)).toBe(14);
  });

  it.each([
    [404, { kind: "status", status: 404 }],
    [401, { kind: "unauthorized", status: 401 }],
    [500, { kind: "status", status: 500 }],
  ])("tells status %i", async (status, problem) => {
    const url = await serve((_, response) => void response.writeHead(status).end("no"));

    expect(await httpGet(url, options)).toEqual(problem);
  });

  it("follows no redirect: credentials stay with the server they are for", async () => {
    const url = await serve((_, response) => void response.writeHead(302, { location: "/login" }).end());

    expect(await httpGet(url, options)).toEqual({ kind: "redirect", to: "/login" });
  });

  it("stops at the limit of size", async () => {
    const url = await serve((_, response) => response.end("x".repeat(100_000)));

    expect(await httpGet(url, options)).toEqual({ kind: "tooLarge", maxBytes: 1000 });
  });

  it.each([
    ["gzip", gzipSync],
    ["br", (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ])(
    "stops at the limit of size of an answer that was packed with %s, though all of it has come",
    async (encoding, pack) => {
      const packed = pack(Buffer.alloc(70 * MEGABYTE));
      const url = await serve((_, response) => {
        response.writeHead(200, { "content-encoding": encoding, "content-length": packed.length });
        response.end(packed);
      });

      expect(await httpGet(url, { ...options, maxBytes: 64 * MEGABYTE })).toEqual({
        kind: "tooLarge",
        maxBytes: 64 * MEGABYTE,
      });
    },
  );

  it("ends when the user cancels an answer that unpacks for ever", async () => {
    const packed = gzipSync(Buffer.alloc(70 * MEGABYTE));
    const url = await serve((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip", "content-length": packed.length });
      response.end(packed);
    });
    let cancel: (() => void) | undefined;
    const onCancel = (stop: () => void): (() => void) => {
      cancel = stop;
      return () => {};
    };

    const got = await httpGet(url, { ...options, maxBytes: 2 ** 40, onCancel, onProgress: () => cancel?.() });
    expect(got).toEqual({ kind: "cancelled" });
  });

  it("gives up on a server that sends a byte now and then for ever", async () => {
    let timer: NodeJS.Timeout | undefined;
    const url = await serve((_, response) => {
      timer = setInterval(() => response.write("x"), 5);
    });

    expect(await httpGet(url, { ...options, longestMs: 100, maxBytes: 2 ** 40 })).toEqual({ kind: "tooLong", ms: 100 });
    clearInterval(timer);
  });

  it("gives up on a server that falls silent, also in the middle", async () => {
    const url = await serve((_, response) => void response.write("goroutine 1 [running]:\n"));

    expect(await httpGet(url, { ...options, silenceMs: 50 })).toEqual({ kind: "silent", ms: 50 });
  });

  it("ends when the user cancels", async () => {
    const cancellation = new EventTarget();
    const url = await serve(() => cancellation.dispatchEvent(new Event("cancel")));
    const onCancel = (stop: () => void): (() => void) => {
      cancellation.addEventListener("cancel", stop);
      return () => cancellation.removeEventListener("cancel", stop);
    };

    expect(await httpGet(url, { ...options, onCancel })).toEqual({ kind: "cancelled" });
  });

  it("says in the system's words why there is no connection", async () => {
    const url = await serve(() => {});
    await new Promise((resolve) => server?.close(resolve));

    expect(await httpGet(url, options)).toMatchObject({
      kind: "unreachable",
      reason: expect.stringContaining("ECONNREFUSED"),
    });
  });

  it("tells that the program ended in the middle of the dump", async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { "content-length": "500" }).write("goroutine 1 [running]:\n");
      setImmediate(() => response.destroy());
    });

    expect(await httpGet(url, options)).toMatchObject({ kind: "unreachable" });
  });
});
