import { parentPort } from "node:worker_threads";
import { startNodeServer } from "./nodeServer.ts";
import { serveThread } from "./parseWorker.ts";
import { serveAssistants } from "./serveAssistants.ts";

const [command, ...folders] = process.argv.slice(2);

// The server starts this bundle again on another thread for each large parse.
if (parentPort !== null) serveThread(parentPort);
else if (command === "mcp") serveAssistants(folders);
else startNodeServer();
