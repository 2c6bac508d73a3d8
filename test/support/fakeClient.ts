import type { BaseLanguageClient } from "vscode-languageclient";

/** A language client whose server is the test: answers by method, and a record of what was asked. */
export interface FakeClient {
  readonly client: BaseLanguageClient;
  readonly asked: { readonly method: string; readonly params: unknown }[];
  readonly answers: Map<string, (params: never) => unknown>;
  /** Sends the client what the server would: a notification or a request. */
  send(method: string, params: unknown): unknown;
  running: boolean;
}

export function fakeClient(): FakeClient {
  const handlers = new Map<string, (params: unknown) => unknown>();
  const handle = (method: string, handler: (params: unknown) => unknown) => {
    handlers.set(method, handler);
    return { dispose: () => handlers.delete(method) };
  };
  const fake: FakeClient = {
    asked: [],
    answers: new Map(),
    running: false,
    send: (method, params) => handlers.get(method)?.(params),
    client: {
      onNotification: handle,
      onRequest: handle,
      onProgress: (_: unknown, token: string, handler: (params: unknown) => unknown) => handle(token, handler),
      sendRequest: async (method: string, params: unknown) => {
        fake.asked.push({ method, params });
        return fake.answers.get(method)?.(params as never) ?? null;
      },
      needsStart: () => !fake.running,
      isRunning: () => fake.running,
      start: async () => void (fake.running = true),
      stop: async () => void (fake.running = false),
      dispose: () => {},
    } as unknown as BaseLanguageClient,
  };
  return fake;
}
