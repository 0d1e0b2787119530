/** Redis' error replies, thrown by whoever finds them. */

/** The command is answered with an error, and has changed nothing. */
export class CommandError extends Error {}

/** `text`: with its code. */
export function refuse(text: string): CommandError {
  return new CommandError(text);
}

export const syntax = () => refuse('ERR syntax error');
export const notInteger = () => refuse('ERR value is not an integer or out of range');
export const notFloat = () => refuse('ERR value is not a valid float');
export const wrongType = () => refuse('WRONGTYPE Operation against a key holding the wrong kind of value');
export const noSuchKey = () => refuse('ERR no such key');
export const wrongCount = (name: string) => refuse(`ERR wrong number of arguments for '${name}' command`);
export const unknownSubcommand = (name: string, given: string) =>
  refuse(`ERR unknown subcommand '${given.slice(0, 128)}'. Try ${name.toUpperCase()} HELP.`);
