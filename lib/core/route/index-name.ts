import { cutBytes } from '../event/cut-bytes.ts';

/**
 * Characters that OpenSearch refuses in the name of an index
 * (https://docs.opensearch.org/latest/api-reference/index-apis/create-index/#index-naming-restrictions).
 */
const ILLEGAL = /[\\/*?"<>|\s,#:\p{Cc}]/gu;
const ILLEGAL_START = /^[-_+.]+/;
const PLAIN = /^[a-z0-9][a-z0-9._-]*$/;

/** OpenSearch allows 255, of which a data stream's backing index needs some: `.ds-<name>-000001`. */
const NAME_BYTES_AT_MOST = 230;
const PART_BYTES_AT_MOST = 100;
const STREAM_PART_BYTES_AT_MOST = 75;

/** A field's value as part of an index name: lower case, illegal characters as `_`, cut to 100 bytes; may be empty. */
export function indexNamePart(value: string): string {
  if (value.length <= PART_BYTES_AT_MOST && PLAIN.test(value)) return value;
  const legal = value
    .slice(0, PART_BYTES_AT_MOST)
    .toLowerCase()
    .replace(ILLEGAL, '_')
    .replace(ILLEGAL_START, '');
  return cutBytes(legal.toWellFormed(), PART_BYTES_AT_MOST);
}

/** A whole index name, cut to what OpenSearch takes. */
export function indexName(name: string): string {
  return cutBytes(name, NAME_BYTES_AT_MOST);
}

/** The type, dataset or namespace of a data stream, cut so that the three together fit. */
export function streamPart(part: string): string {
  return cutBytes(part, STREAM_PART_BYTES_AT_MOST);
}
