import * as z from 'zod';
import { addFlag, type FieldValue, fieldPath, getField, setField } from '../event/log-event.ts';
import { FieldName } from '../processor/field-name.ts';
import { defineProcessor, type GeoLookup } from '../processor/spec.ts';
import { addressKind, readAddressList } from './address.ts';
import { TwoGenerationCache } from './two-generation-cache.ts';

const REMEMBERED_ADDRESSES = 20_000;
const NOWHERE = { kind: 'nowhere' } as const;

/** What is remembered of a field's text. */
type Finding =
  | { readonly kind: 'country'; readonly code: string }
  | { readonly kind: 'unavailable' }
  | typeof NOWHERE;

/** Where an address is. */
export const geoip = defineProcessor({
  name: 'geoip',
  summary: 'Adds the country of a public address.',
  options: z.strictObject({
    field: FieldName.default('source.ip').meta({
      description:
        'Field that holds an address, or a list of them as in `X-Forwarded-For`: the first public one counts.',
    }),
    target: FieldName.default('source.geo').meta({ description: 'Object that gets `country_iso_code`.' }),
  }),
  build({ field, target }, { geo }) {
    const source = fieldPath(field);
    const country = [...fieldPath(target), 'country_iso_code'];
    const findings = new TwoGenerationCache<Finding>(REMEMBERED_ADDRESSES);
    const find = (text: string): Finding => findCountry(text, geo);
    return (event) => {
      const text = addressText(getField(event, source));
      if (text === undefined) return undefined;
      const finding = findings.get(text, find);
      if (finding.kind === 'country') setField(event, country, finding.code);
      else if (finding.kind === 'unavailable') addFlag(event, 'geo:unavailable');
      return undefined;
    };
  },
  guarantees: [
    'Private, reserved, loopback and malformed addresses are left alone.',
    'Without a database the event goes on, flagged `geo:unavailable`.',
  ],
  limits: [
    'Country only: no city, no network.',
    'An address is where its network was registered, not where its user is.',
  ],
  examples: [
    {
      title: 'a public address',
      options: {},
      given: { source: { ip: '2001:4860:4860::8888' } },
      expect: { source: { ip: '2001:4860:4860::8888', geo: { country_iso_code: 'US' } } },
    },
    {
      title: 'behind proxies',
      options: { field: 'forwarded', target: 'client.geo' },
      given: { forwarded: '10.0.0.1, 8.8.8.8, 1.1.1.1' },
      expect: { forwarded: '10.0.0.1, 8.8.8.8, 1.1.1.1', client: { geo: { country_iso_code: 'US' } } },
    },
    {
      title: 'a private address',
      options: {},
      given: { source: { ip: '192.168.1.7' } },
      expect: { source: { ip: '192.168.1.7' } },
    },
  ],
});

function addressText(value: FieldValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string').join(',') : undefined;
}

function findCountry(text: string, geo: GeoLookup | undefined): Finding {
  const address = readAddressList(text).find((item) => addressKind(item) === 'public');
  if (address === undefined) return NOWHERE;
  const fields = geo === undefined ? 'unavailable' : geo(address);
  if (fields === 'unavailable') return { kind: 'unavailable' };
  return fields?.country_iso_code === undefined
    ? NOWHERE
    : { kind: 'country', code: fields.country_iso_code };
}
