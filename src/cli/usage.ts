/** What the caller typed cannot be done; the message is all that is printed. */
export class Usage extends Error {}
