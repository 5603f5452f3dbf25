import { addFlag, type LogEvent } from '../event/log-event.ts';
import { bearer } from './bearer.ts';
import { card } from './card.ts';
import { credential } from './credential.ts';
import { email } from './email.ts';
import { ssn } from './ssn.ts';

/** In this order: a number is told from the address around it, a token from the header that carries it. */
const DETECTORS = [card, ssn, email, bearer, credential] as const;

/** What can be scrubbed: the entities of the detectors, and `field`: a secret by the name of its field. */
export const ENTITIES = ['card', 'ssn', 'email', 'bearer', 'credential', 'field'] as const;
export type Entity = (typeof ENTITIES)[number];

/** A mask can bring what is around it into a shape that is found only then; in practice within one more round. */
const ROUNDS_AT_MOST = 8;

/** Compiles the masking of one text: returns it without the chosen entities, and flags the event for each that it held. */
export function compileMask(entities: readonly Entity[]): (event: LogEvent, text: string) => string {
  const detectors = DETECTORS.filter(({ entity }) => (entities as readonly string[]).includes(entity));
  const maskOnce = (event: LogEvent, text: string): string => {
    let masked = text;
    for (const { entity, hint, mask } of detectors) {
      if (!hint.test(masked)) continue;
      const next = mask(masked);
      if (next === masked) continue;
      addFlag(event, `scrubbed:${entity}`);
      masked = next;
    }
    return masked;
  };
  return (event, text) => {
    let masked = maskOnce(event, text);
    let before = text;
    for (let round = 1; round < ROUNDS_AT_MOST && masked !== before; round += 1) {
      before = masked;
      masked = maskOnce(event, before);
    }
    return masked;
  };
}
