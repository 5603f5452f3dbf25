import type { LookupAddress, LookupOptions } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import type { AddressPolicy } from '../../core/notify/address-policy.ts';

/** A name, or an address, that must not be dialled. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
}

/** Gives all addresses of a name. */
export type Resolve = (hostname: string, options: LookupOptions) => Promise<LookupAddress[]>;

/** Resolves by the operating system, as every other connection of the process does. */
export const resolveBySystem: Resolve = (hostname, options) =>
  systemLookup(hostname, { ...options, all: true });

/** Throws ForbiddenAddressError where `address` may not be dialled; plain HTTP is for allowed private ranges only. */
export function checkAddress(policy: AddressPolicy, address: string, isPlain: boolean): void {
  const verdict = policy(address);
  if (verdict.kind === 'refused') {
    throw new ForbiddenAddressError(
      `${address} is ${verdict.reason}; private ranges can be opened with ALLOWED_PRIVATE_CIDRS`,
    );
  }
  if (isPlain && !verdict.isPrivate) throw new ForbiddenAddressError('plain http is not private: use https');
}

/**
 * The `lookup` of a socket: resolves once, checks every address, and hands on exactly these, so that nothing else can be
 * dialled than what was checked, whatever the name resolves to a moment later. One bad address spoils the name.
 */
export function createCheckedLookup(
  policy: AddressPolicy,
  isPlain: boolean,
  resolve: Resolve,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, options)
      .then((addresses) => {
        for (const { address } of addresses) checkAddress(policy, address, isPlain);
        const [first] = addresses;
        if (options.all) callback(null, addresses);
        else callback(null, first?.address ?? '', first?.family);
      })
      .catch((error: NodeJS.ErrnoException) => callback(error, [], 0));
  };
}
