import type { Detector } from './detector.ts';

const NAME =
  /(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|authorization)/
    .source;
/** Behind the name, with the quotes of JSON, which a line within a line has escaped. */
const ASSIGNS = /\\?["']?[ \t]{0,8}[=:][ \t]{0,8}\\?/.source;
/** A scheme in front of a value of `Authorization` says nothing yet. */
const SCHEME = /(?:(?:basic|bearer|digest|negotiate|apikey|token)[ \t]{1,8})?/.source;
const NOT_MASKED = /(?!(?:bearer(?:[ \t]{1,8}|%20|\+))?\[(?:secret|token|email|card|ssn)\])/.source;
const UNQUOTED = /[^\s"'\\&,;)\]}<>]+/.source;

/** A value in quotes goes up to the closing one, another up to what ends a value in text, a query string or JSON. */
const ASSIGNMENT = new RegExp(
  `(${NAME}${ASSIGNS})(?:(")${NOT_MASKED}[^"\\\\]+|(')${NOT_MASKED}[^'\\\\]+|${NOT_MASKED}${SCHEME}${UNQUOTED})`,
  'gi',
);

/** Secrets that text assigns to a telling name: `password=…`, `"api_key": "…"`, `Authorization: Basic …`. */
export const credential: Detector = {
  entity: 'credential',
  hint: new RegExp(NAME + ASSIGNS, 'i'),
  mask: (text) =>
    text.replace(
      ASSIGNMENT,
      (_, assignment: string, double: string | undefined, single: string | undefined) =>
        `${assignment}${double ?? single ?? ''}[secret]`,
    ),
};
