import type { Detector } from './detector.ts';

/** `Bearer` and a token68 of RFC 9110; shorter ones are words of a sentence on bearer tokens. */
const TOKEN = /\b(bearer)([ \t]{1,8}|%20|\+)[\w.~+/-]{8,}={0,2}/gi;

/** Tokens of the `Bearer` scheme. */
export const bearer: Detector = {
  entity: 'bearer',
  hint: /bearer/i,
  mask: (text) => text.replace(TOKEN, '$1$2[token]'),
};
