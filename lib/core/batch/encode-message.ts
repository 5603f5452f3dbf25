import type { Envelope } from './envelope.ts';

/** Characters that JSON leaves as they are and SQS refuses. */
const REFUSED_BY_SQS = /[\ufffe\uffff]/g;

/** The envelope as the body of a queue message; `openMessage` reads it back unchanged. */
export function encodeMessage(envelope: Envelope): string {
  return JSON.stringify(envelope).replace(
    REFUSED_BY_SQS,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );
}
