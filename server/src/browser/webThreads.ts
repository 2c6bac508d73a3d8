import type { ParseThreads } from "../service/parseThread/parseTask.ts";

/** Name of the workers that parse: the one thing that a worker can be told when it starts. */
const NAME = "goroutine-dump-parse";

/** Whether this worker was started to parse, not to serve a client. */
export function isParseThread({ name }: DedicatedWorkerGlobalScope): boolean {
  return name === NAME;
}

/**
 * Parsing threads of the web: workers within this one that run its own script. Its address is the worker's location also
 * in VS Code for the Web, where it is that of a small script which loads this one.
 */
export function webThreads({ location }: DedicatedWorkerGlobalScope, after: ParseThreads["after"]): ParseThreads {
  return {
    after,
    start: () => {
      const worker = new Worker(location.href, { name: NAME });
      return {
        post: (task, transfer) => worker.postMessage(task, transfer),
        listen: (take, fail) => {
          worker.onmessage = ({ data }) => take(data);
          worker.onerror = ({ message }) => fail(new Error(message));
        },
        end: () => worker.terminate(),
      };
    },
  };
}
