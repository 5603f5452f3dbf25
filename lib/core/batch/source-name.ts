import * as z from 'zod';

const MAX_CHARACTERS = 128;

/** The name of a source: 1 to 128 of `A-Z a-z 0-9 . _ -`. It selects the pipeline and appears in stream names. */
export const SourceName = z.string().regex(/^[\w.-]{1,128}$/);

/** A source name for any text: other characters become `-`, the rest is cut; undefined where nothing remains. */
export function toSourceName(text: string): string | undefined {
  const name = text.replace(/[^\w.-]+/g, '-').slice(0, MAX_CHARACTERS);
  return /[A-Za-z0-9]/.test(name) ? name : undefined;
}
