// Loaded into a server that is started with a pipe as its input: ends it when the other end is gone, however that ended.
if (process.send === undefined) process.stdin.on("close", () => process.exit()).resume();
