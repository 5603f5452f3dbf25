import ipaddr from 'ipaddr.js';

/** What an address can be used for: `public` ones have a country, `special` ones (private, reserved, loopback…) do not. */
export type AddressKind = 'public' | 'special' | 'invalid';

/** Longer than any address in text. */
const LONGEST_ADDRESS = 45;
/** Room for more proxies than a request passes; what comes behind it in a list is not read. */
const LONGEST_LIST = 2000;

/** Sorts an IPv4 or IPv6 address in text, as strictly as an `ip` field of an index does. */
export function addressKind(text: string): AddressKind {
  if (text.length > LONGEST_ADDRESS) return 'invalid';
  const isAddress = text.includes(':')
    ? !text.includes('%') && ipaddr.IPv6.isValid(text)
    : ipaddr.IPv4.isValidFourPartDecimal(text);
  if (!isAddress) return 'invalid';
  return ipaddr.process(text).range() === 'unicast' ? 'public' : 'special';
}

/** The addresses of an `X-Forwarded-For` style list, in order; whatever is not an address is left out. */
export function readAddressList(text: string): string[] {
  return text
    .slice(0, LONGEST_LIST)
    .split(',')
    .map((item) => item.trim())
    .filter((item) => addressKind(item) !== 'invalid');
}
