/** A JSON-RPC message, as it crosses the wire. */
export interface RawMessage {
  readonly jsonrpc: "2.0";
  readonly id?: number | string | undefined;
  readonly method?: string | undefined;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A conversation with a language server, by a client that shares no code with it. */
export interface RawSession {
  /** Sends a request; rejects with what the server says when it refuses. */
  readonly request: (method: string, params: unknown) => Promise<unknown>;
  readonly notify: (method: string, params: unknown) => void;
  /** Waits for a notification, also one that came before. */
  readonly notification: (method: string) => Promise<unknown>;
  /** To be called with each message of the server. */
  readonly receive: (message: RawMessage) => void;
  /** The requests the server made, which are all refused. */
  readonly serverRequests: readonly string[];
}

const methodNotFound = -32601;

/** @param send hands a message to the server */
export function createRawSession(send: (message: RawMessage) => void): RawSession {
  const pending = new Map<number | string, (answer: RawMessage) => void>();
  const notifications = new Map<string, unknown>();
  const waiting = new Map<string, (params: unknown) => void>();
  const serverRequests: string[] = [];
  let lastId = 0;

  const receiveCall = ({ id, method = "", params }: RawMessage): void => {
    if (id !== undefined) {
      serverRequests.push(method);
      send({ jsonrpc: "2.0", id, error: { code: methodNotFound, message: `${method}: no such method` } });
      return;
    }
    notifications.set(method, params);
    waiting.get(method)?.(params);
  };
  return {
    request: (method, params) => {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        pending.set(id, ({ result, error }) => {
          if (error === undefined) resolve(result);
          else reject(new Error(`${method}: ${error.message}`));
        });
        send({ jsonrpc: "2.0", id, method, params });
      });
    },
    notify: (method, params) => send({ jsonrpc: "2.0", method, params }),
    notification: (method) =>
      notifications.has(method)
        ? Promise.resolve(notifications.get(method))
        : new Promise((resolve) => waiting.set(method, resolve)),
    receive: (message) => {
      if (message.method !== undefined) receiveCall(message);
      else pending.get(message.id ?? "")?.(message);
    },
    serverRequests,
  };
}
