import { type ChildProcess, fork } from "node:child_process";
import type { LogOutputChannel } from "vscode";
import { IPCMessageReader, IPCMessageWriter } from "vscode-jsonrpc/node";
import type { MessageTransports } from "vscode-languageclient";

/** The server as a child process, spoken to over the channel that Node opens to its children. */
export class ServerProcess {
  /** Path of Node's bundle. */
  readonly module: string;
  #process: ChildProcess | undefined;

  constructor(module: string) {
    this.module = module;
  }

  /** Starts the process, a new one for each start of the client. When it dies, the reader says that it is closed. */
  start(log: LogOutputChannel | undefined): MessageTransports {
    this.dispose();
    const child = fork(this.module, ["lsp", "--node-ipc", `--clientProcessId=${process.pid}`], {
      execArgv: nodeOptions(),
      silent: true,
    });
    child.stderr?.on("data", (text: Buffer) => log?.error(text.toString()));
    this.#process = child;
    return { reader: new IPCMessageReader(child), writer: new IPCMessageWriter(child) };
  }

  /** Ends the process; one that was told to exit is gone already. */
  dispose(): void {
    this.#process?.kill();
    this.#process = undefined;
  }
}

/** Options for the server's Node, which who debugs it gives in the environment of the editor. */
function nodeOptions(): string[] {
  return (process.env["GOROUTINE_DUMP_NODE_OPTIONS"] ?? "").split(/\s+/).filter((option) => option !== "");
}
