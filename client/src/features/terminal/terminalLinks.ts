import { l10n, TerminalLink, type TerminalLinkProvider, Uri, window, workspace } from "vscode";
import { type TerminalFrame, terminalFrame } from "../../model/terminalFrame.ts";
import type { Services } from "../../services.ts";
import { forUser } from "../../util/failures.ts";
import { openFrame } from "../openSource.ts";

/** A place in a terminal that a click opens. */
class FrameLink extends TerminalLink {
  readonly frame: TerminalFrame;

  constructor(frame: TerminalFrame) {
    super(frame.start, frame.length, l10n.t("Open Source"));
    this.frame = frame;
  }
}

/** Links the frames of panics in the terminal through the source locator, wherever the program was built. */
export function registerTerminalLinks(services: Services): void {
  const provider: TerminalLinkProvider<FrameLink> = {
    provideTerminalLinks: ({ line }) => {
      const frame = terminalFrame(line);
      return frame === undefined ? [] : [new FrameLink(frame)];
    },
    handleTerminalLink: ({ frame }) => void forUser(services.log, () => openTerminalFrame(services, frame)),
  };
  services.context.subscriptions.push(window.registerTerminalLinkProvider(provider));
}

/** A line of a terminal names no function and belongs to no dump, so the settings of the first folder apply. */
async function openTerminalFrame(services: Services, { file, line }: TerminalFrame): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.parse("untitled:terminal");
  await openFrame(services, folder, { function: "", file, line });
}
