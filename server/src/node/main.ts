import { hasTransport, startNodeServer, TRANSPORTS } from "./nodeServer.ts";

// Entry point of the server as a process of its own.
if (hasTransport(process.argv)) {
  startNodeServer();
} else {
  process.stderr.write(`Say how to talk to the client: one of ${TRANSPORTS.join(", ")}.\n`);
  process.exitCode = 2;
}
