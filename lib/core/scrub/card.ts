import type { Detector } from './detector.ts';

const MASK = '[card]';

/** 13 to 19 digits together, in fours, or in the groups of American Express; not within a longer number or word. */
const CANDIDATE =
  /(?<![\w.])(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|\d{4}([ -])\d{6}\2\d{4,5})(?!\w)/g;

/** Issuer prefixes of Visa, Mastercard, American Express, Discover, Diners Club, JCB, UnionPay and Maestro, by length. */
const ISSUERS: readonly { readonly prefix: RegExp; readonly lengths: readonly number[] }[] = [
  { prefix: /^4/, lengths: [13, 16, 19] },
  { prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { prefix: /^3[47]/, lengths: [15] },
  { prefix: /^(?:6011|64[4-9]|65)/, lengths: [16, 19] },
  { prefix: /^(?:30[0-5]|309|36|38|39)/, lengths: [14, 16] },
  { prefix: /^35(?:2[89]|[3-8])/, lengths: [16] },
  { prefix: /^62/, lengths: [16, 17, 18, 19] },
  { prefix: /^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, lengths: [13, 14, 15, 16, 17, 18, 19] },
];

/** Payment card numbers: an issuer's prefix and length, and the check digit of ISO/IEC 7812 (Luhn). */
export const card: Detector = {
  entity: 'card',
  hint: /\d{4}[\d -]{9}/,
  mask: (text) =>
    text.replace(CANDIDATE, (found) => {
      const digits = found.replace(/\D/g, '');
      return isIssued(digits) && passesLuhn(digits) ? MASK : found;
    }),
};

function isIssued(digits: string): boolean {
  return ISSUERS.some(({ prefix, lengths }) => lengths.includes(digits.length) && prefix.test(digits));
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let fromRight = 0; fromRight < digits.length; fromRight += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - fromRight));
    const weighed = fromRight % 2 === 1 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}
