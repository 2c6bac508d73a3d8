/** The command line was used wrongly, or an input cannot be read; the message is one sentence for the user. */
export class UsageError extends Error {}
