import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import type { Clock, Logger } from "../service/base/ports.ts";

/** What answering needs. */
export interface AnswerContext {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Whether the client has said `shutdown`: what it asks then is an error (LSP). */
  readonly hasEnded: () => boolean;
}

/**
 * Wraps a request's handler; the only place that catches what a handler throws. A request that is cancelled says so, also
 * one that was cancelled before it began; one that fails is logged and answers the empty value.
 */
export function answering<P, R>(
  name: string,
  empty: R,
  { logger, clock, hasEnded }: AnswerContext,
  handler: (params: P, token: CancellationToken) => R | Promise<R>,
): (params: P, token: CancellationToken) => Promise<R | ResponseError> {
  return async (params, token) => {
    // A turn, so that a cancellation that is already on its way gets here first.
    await clock.yieldTurn();
    if (hasEnded()) return new ResponseError(ErrorCodes.InvalidRequest, "The server was shut down.");
    if (token.isCancellationRequested) return cancelled();
    try {
      const result = await handler(params, token);
      return token.isCancellationRequested ? cancelled() : result;
    } catch (error) {
      if (error instanceof ResponseError) return error;
      logger.error(`${name} failed: ${describeError(error)}`);
      return empty;
    }
  };
}

/** Runs something nobody waits for; a failure is logged. */
export function inBackground(name: string, { logger }: Pick<AnswerContext, "logger">, run: () => Promise<void>): void {
  run().catch((error: unknown) => logger.error(`${name} failed: ${describeError(error)}`));
}

function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
