import type { Detector } from './detector.ts';

/** RFC 5321 bounds, which also bound the work for each `@`. */
const LOCAL_AT_MOST = 64;
const DOMAIN_AT_MOST = 255;

const AT_SIGN = /@|%40/g;
const LOCAL_CHARACTER = /[\w.+%!#$'*^`{|}~\u0080-\uffff-]/;
/** What a local part may hold, but seldom begins with: `mailto:`-like punctuation in front of the address. */
const IN_FRONT = /^[^\w\u0080-\uffff]+/;
const DOMAIN_CHARACTER = /[\w.\u0080-\uffff-]/;
const DOMAIN = /^(?:[\w\u0080-\uffff-]+\.)+(?:[a-z]{2,63}|[\u0080-\uffff]{2,63}|xn--[a-z0-9]{1,59})$/i;

/** E-mail addresses, in plain text and URL-encoded. */
export const email: Detector = {
  entity: 'email',
  hint: /[@%]/,
  mask(text) {
    let masked = '';
    let copied = 0;
    for (const sign of text.matchAll(AT_SIGN)) {
      const end = domainEnd(text, sign.index + sign[0].length);
      if (end === undefined) continue;
      const start = localStart(text, sign.index, copied);
      if (start === undefined) continue;
      masked += `${text.slice(copied, start)}[email]`;
      copied = end;
    }
    return masked + text.slice(copied);
  },
};

function localStart(text: string, sign: number, floor: number): number | undefined {
  const lowest = Math.max(floor, sign - LOCAL_AT_MOST);
  let start = sign;
  while (start > lowest && LOCAL_CHARACTER.test(text.charAt(start - 1))) start -= 1;
  const local = text.slice(start, sign).replace(IN_FRONT, '');
  return local === '' ? undefined : sign - local.length;
}

function domainEnd(text: string, start: number): number | undefined {
  const highest = Math.min(text.length, start + DOMAIN_AT_MOST);
  let end = start;
  while (end < highest && DOMAIN_CHARACTER.test(text.charAt(end))) end += 1;
  while (end > start && /[.-]/.test(text.charAt(end - 1))) end -= 1;
  return end > start && DOMAIN.test(text.slice(start, end)) ? end : undefined;
}
