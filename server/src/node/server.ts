import { parentPort } from "node:worker_threads";
import { startNodeServer } from "./nodeServer.ts";
import { serveThread } from "./parseWorker.ts";

// The server starts this bundle again on another thread for each large parse.
if (parentPort === null) startNodeServer();
else serveThread(parentPort);
