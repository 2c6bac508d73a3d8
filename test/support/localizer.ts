import type { Localizer } from "../../client/src/model/localizer.ts";

/** English as written in the code, with the arguments put in. */
export const english: Localizer = {
  t: (message, ...args) => message.replace(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
};
