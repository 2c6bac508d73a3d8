import { inBackground } from "./answer.ts";
import type { Session } from "./session.ts";

/**
 * Publishes what is wrong with the ignore files. They are no documents of this server, so that no client asks for their
 * diagnostics: they are sent whenever something changed.
 */
export class IgnoreReports {
  readonly #session: Session;
  /** Files whose diagnostics the client has. */
  #shown: ReadonlySet<string> = new Set();
  #latest = { isCancellationRequested: false };

  constructor(session: Session) {
    this.#session = session;
  }

  /** Something changed: a dump, the list of open ones, or an ignore file. */
  update(): void {
    this.stop();
    const token = { isCancellationRequested: false };
    this.#latest = token;
    inBackground("diagnostics of ignore files", this.#session, async () => {
      const { service, documents, connection } = this.#session;
      const reports = await service.ignoreReports(documents.all(), token);
      if (reports === undefined || token.isCancellationRequested) return;
      const gone = [...this.#shown].filter((uri) => reports.every((report) => report.uri !== uri));
      this.#shown = new Set(reports.map(({ uri }) => uri));
      for (const uri of gone) await connection.sendDiagnostics({ uri, diagnostics: [] });
      for (const report of reports) await connection.sendDiagnostics({ ...report });
    });
  }

  stop(): void {
    this.#latest.isCancellationRequested = true;
  }
}
