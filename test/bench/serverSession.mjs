// A language server as a child process, and the few messages a benchmark needs.
import { spawn } from "node:child_process";

const HEADER = /^Content-Length: (\d+)\r\n(?:.+\r\n)*\r\n/;

/** Starts the server and initializes it. */
export async function startSession(server) {
  const child = spawn(process.execPath, [server, "lsp", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = new Map();
  const listeners = new Map();
  let lastId = 0;

  const send = (message) => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    child.stdin.write(body);
  };
  const receive = ({ id, method, params, result, error }) => {
    if (method !== undefined && id !== undefined) send({ id, result: null });
    else if (method !== undefined) listeners.get(method)?.(params);
    else waiting.get(id)(error === undefined ? result : Promise.reject(new Error(error.message)));
  };
  readMessages(child.stdout, receive);

  const session = {
    pid: child.pid,
    request: (method, params) =>
      new Promise((resolve) => {
        waiting.set(++lastId, resolve);
        send({ id: lastId, method, params });
      }),
    notify: (method, params) => send({ method, params }),
    /** The next notification of that name that `accept` takes. */
    next: (method, accept) =>
      new Promise((resolve) => listeners.set(method, (params) => accept(params) && resolve(params))),
    stop: () => child.kill(),
  };
  await session.request("initialize", { processId: null, rootUri: null, capabilities: {} });
  session.notify("initialized", {});
  return session;
}

function readMessages(stream, receive) {
  let chunks = [];
  let length = 0;
  let wanted = 0;
  stream.on("data", (chunk) => {
    chunks.push(chunk);
    length += chunk.length;
    // Put together when a message is there: an answer of megabytes comes in hundreds of chunks.
    if (length < wanted) return;
    let received = Buffer.concat(chunks);
    for (;;) {
      const header = HEADER.exec(received.subarray(0, 200).toString("latin1"));
      wanted = header === null ? 0 : header[0].length + Number(header[1]);
      if (header === null || received.length < wanted) break;
      const message = JSON.parse(received.subarray(header[0].length, wanted).toString());
      received = received.subarray(wanted);
      receive(message);
    }
    chunks = [received];
    length = received.length;
  });
}
