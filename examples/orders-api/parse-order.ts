export type ParsedOrder =
  | { readonly kind: 'order'; readonly customer: string; readonly total: number }
  | { readonly kind: 'invalid'; readonly problem: string };

const LONGEST_CUSTOMER = 100;

/** Reads the body of `POST /orders`: `{"customer": "demo", "total": 15}`. */
export function parseOrder(body: string): ParsedOrder {
  const order = parseJson(body);
  if (typeof order !== 'object' || order === null || Array.isArray(order)) {
    return invalid('The body must be a JSON object such as {"customer":"demo","total":15}.');
  }
  const { customer, total } = order as Record<string, unknown>;
  if (typeof customer !== 'string' || customer.trim() === '' || customer.length > LONGEST_CUSTOMER) {
    return invalid(`"customer" must be a text of 1 to ${LONGEST_CUSTOMER} characters.`);
  }
  if (typeof total !== 'number' || !Number.isFinite(total) || total <= 0) {
    return invalid('"total" must be a number above 0.');
  }
  return { kind: 'order', customer, total };
}

function invalid(problem: string): ParsedOrder {
  return { kind: 'invalid', problem };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
