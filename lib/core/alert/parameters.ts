/** Values given at deploy time, by name. */
export type Parameters = Readonly<Record<string, string | number>>;

/** A `${NAME}` that nobody gives a value to. */
export class UnknownParameterError extends Error {
  override readonly name = 'UnknownParameterError';
}

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const WHOLE_REFERENCE = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

/**
 * Replaces `${NAME}` in every string of a parsed document. A string that is nothing but one reference becomes the value
 * itself, so that a number stays a number. Throws UnknownParameterError naming the field and the known names.
 */
export function substituteParameters(document: unknown, parameters: Parameters, path = ''): unknown {
  if (typeof document === 'string') return substituteText(document, parameters, path);
  if (Array.isArray(document)) {
    return document.map((item, index) => substituteParameters(item, parameters, `${path}[${index}]`));
  }
  if (typeof document !== 'object' || document === null) return document;
  const entries = Object.entries(document).map(([name, value]) => [
    name,
    substituteParameters(value, parameters, path === '' ? name : `${path}.${name}`),
  ]);
  return Object.fromEntries(entries);
}

function substituteText(text: string, parameters: Parameters, path: string): string | number {
  const lookUp = (name: string): string | number => {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (value !== undefined) return value;
    throw new UnknownParameterError(
      `${path}: \${${name}} has no value; known are ${Object.keys(parameters).join(', ')}`,
    );
  };
  const whole = WHOLE_REFERENCE.exec(text)?.[1];
  if (whole !== undefined) return lookUp(whole);
  return text.replaceAll(REFERENCE, (_reference, name: string) => String(lookUp(name)));
}
