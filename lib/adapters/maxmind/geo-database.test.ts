import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openGeoDatabase } from './geo-database.ts';

const COUNTRIES = new URL(
  import.meta.resolve('@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb'),
);

function broken(content: Buffer): URL {
  const path = join(mkdtempSync(join(tmpdir(), 'weir-')), 'geo.mmdb');
  writeFileSync(path, content);
  return pathToFileURL(path);
}

describe('openGeoDatabase', () => {
  test('knows the countries of public addresses', () => {
    const lookUp = openGeoDatabase(COUNTRIES, (reason) => expect.unreachable(reason));
    expect(lookUp('8.8.8.8')).toEqual({ country_iso_code: 'US' });
    expect(lookUp('2a00:1450:4001:829::200e')).toMatchObject({
      country_iso_code: expect.stringMatching(/^[A-Z]{2}$/),
    });
    expect(lookUp('8.8.8.8')).toBe(lookUp('8.8.8.8'));
    expect(lookUp('10.0.0.1')).toEqual({});
  });

  test.each([
    ['missing', new URL('file:///nowhere/geo.mmdb')],
    ['empty', broken(Buffer.alloc(0))],
    ['broken', broken(Buffer.from('not a database'))],
  ])('answers that it cannot, and says why once, where the file is %s', (_what, file) => {
    const said: string[] = [];
    const lookUp = openGeoDatabase(file, (reason) => said.push(reason));
    expect([lookUp('8.8.8.8'), lookUp('8.8.8.8')]).toEqual(['unavailable', 'unavailable']);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/GeoIP database cannot be read/);
  });
});
