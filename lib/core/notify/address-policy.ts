import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = readonly [Address, number];

/** Whether an address may be called, and in the second case why not. */
export type AddressVerdict =
  | { readonly kind: 'allowed'; readonly isPrivate: boolean }
  | { readonly kind: 'refused'; readonly reason: string };

/** Decides over one literal address, as it would be dialled. */
export type AddressPolicy = (address: string) => AddressVerdict;

/**
 * Services that hand out credentials or control the machine: EC2, ECS, EKS and VPC DNS of AWS (IPv4 and IPv6), Google,
 * Azure, Alibaba and Oracle. No setting opens them.
 */
const METADATA = new Set(
  [
    '169.254.169.254',
    '169.254.169.253',
    '169.254.169.123',
    '169.254.170.2',
    '169.254.170.23',
    'fd00:ec2::254',
    'fd00:ec2::253',
    'fd00:ec2::123',
    'fd00:ec2::23',
    'fd20:ce::254',
    '168.63.129.16',
    '100.100.100.200',
    '192.0.0.192',
  ].map((address) => ipaddr.parse(address).toNormalizedString()),
);

/** IPv6 ranges whose last four bytes are an IPv4 address that the system itself, or a NAT64 gateway, would dial. */
const EMBEDDING = ['::ffff:0:0/96', '::ffff:0:0:0/96', '64:ff9b::/96'].map((cidr) => ipaddr.parseCIDR(cidr));
/** Ranges that reach an IPv4 address in a way that cannot be judged here. No setting opens them. */
const TRANSITION = new Set(['6to4', 'teredo', 'rfc6052', 'rfc6145', 'amt']);
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

/**
 * A policy that allows public unicast addresses and the given private ranges (CIDR), and refuses the rest: loopback,
 * private, link-local, multicast, reserved and transition ranges (6to4, Teredo, local NAT64). An IPv4 address inside an
 * IPv6 one is judged as what it is. Throws RangeError on a range that cannot be read.
 */
export function createAddressPolicy(allowedPrivateCidrs: readonly string[]): AddressPolicy {
  const allowed = allowedPrivateCidrs.map(parseRange);
  return (text) => {
    if (!ipaddr.isValid(text)) return { kind: 'refused', reason: 'not an IP address' };
    const address = innermost(ipaddr.parse(text));
    if (METADATA.has(address.toNormalizedString())) {
      return { kind: 'refused', reason: 'the address of a metadata service' };
    }
    const range = rangeOf(address);
    if (!TRANSITION.has(range) && allowed.some((cidr) => isIn(address, cidr))) {
      return { kind: 'allowed', isPrivate: true };
    }
    if (range === 'unicast') return { kind: 'allowed', isPrivate: false };
    return { kind: 'refused', reason: `an address of the range "${range}"` };
  };
}

function parseRange(cidr: string): Range {
  if (!ipaddr.isValidCIDR(cidr)) {
    throw new RangeError(`"${cidr}" is not an address range; write it like 10.0.0.0/8 or fd00::/8`);
  }
  return ipaddr.parseCIDR(cidr);
}

function isIn(address: Address, [base, bits]: Range): boolean {
  return address.kind() === base.kind() && address.match([base, bits] as [ipaddr.IPv4, number]);
}

/** What is outside of 2000::/3 and has no name is not assigned. */
function rangeOf(address: Address): string {
  const range = address.range();
  return range === 'unicast' && address.kind() === 'ipv6' && !isIn(address, GLOBAL_UNICAST)
    ? 'reserved'
    : range;
}

/** The embedded IPv4 address, if there is one, or the same address without its zone. */
function innermost(address: Address): Address {
  if (!('parts' in address)) return address;
  if (!EMBEDDING.some((cidr) => isIn(address, cidr))) return new ipaddr.IPv6(address.parts);
  const [high = 0, low = 0] = address.parts.slice(6);
  return new ipaddr.IPv4([high >> 8, high & 255, low >> 8, low & 255]);
}
