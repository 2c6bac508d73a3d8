/** A duration as Go prints it: `2h3m4.5s`. */
const DURATION = /^(?:(\d+)h)?(?:(\d+)m)?(?:[\d.]+(?:s|ms|µs|us|ns))?$/;

/**
 * Takes apart Delve's `chan receive 2m3.4s`: the wait reason, and how long in whole minutes. Older versions print a number
 * instead, a reading of the runtime's clock, which says nothing by itself.
 */
export function readWaited(text: string): { readonly state: string; readonly wait: number | null } {
  const space = text.lastIndexOf(" ");
  const last = text.slice(space + 1);
  if (space < 0 || !/^\d/.test(last)) return { state: text, wait: null };
  const state = text.slice(0, space);
  const duration = DURATION.exec(last);
  if (duration === null || /^\d+$/.test(last)) return { state: /^\d+$/.test(last) ? state : text, wait: null };
  const minutes = Number(duration[1] ?? 0) * 60 + Number(duration[2] ?? 0);
  return { state, wait: minutes === 0 ? null : minutes };
}
