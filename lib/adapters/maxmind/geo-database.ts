import { readFileSync } from 'node:fs';
import { type CountryResponse, Reader } from 'maxmind';
import { TwoGenerationCache } from '../../core/enrich/two-generation-cache.ts';
import type { GeoFields, GeoLookup } from '../../core/processor/spec.ts';

/** Above the client addresses that one function sees at a time. */
const REMEMBERED_ADDRESSES = 20_000;

/** A record of MaxMind's country and city databases, and of ip-location-db, which puts the code at the top. */
interface CountryRecord {
  readonly country?: { readonly iso_code?: string };
  readonly country_code?: string;
}

const UNKNOWN: GeoFields = {};

/**
 * A look-up in a MaxMind DB file, opened on first use. Where the file is missing or broken every answer is
 * `unavailable`, and `report` is told why, once.
 */
export function openGeoDatabase(file: URL, report: (reason: string) => void): GeoLookup {
  let lookUp: GeoLookup | undefined;
  return (address) => {
    lookUp ??= open(file, report);
    return lookUp(address);
  };
}

function open(file: URL, report: (reason: string) => void): GeoLookup {
  try {
    const reader = new Reader<CountryResponse>(readFileSync(file));
    const answers = new TwoGenerationCache<GeoFields>(REMEMBERED_ADDRESSES);
    return (address) => answers.get(address, (key) => countryOf(reader.get(key) as CountryRecord | null));
  } catch (error) {
    report(`The GeoIP database cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return () => 'unavailable';
  }
}

function countryOf(record: CountryRecord | null): GeoFields {
  const code = record?.country?.iso_code ?? record?.country_code;
  return code === undefined || code === '' ? UNKNOWN : { country_iso_code: code };
}
