import type * as z from 'zod';

/** The environment does not hold what a function needs. Names the variables, never their values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads a function's settings from `environment` once per cold start. Throws ConfigError naming every wrong variable. */
export function loadConfig<Schema extends z.ZodType>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<Schema> {
  const result = schema.safeParse(environment);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => {
    const name = issue.path.join('.');
    return `${name} (${environment[name] === undefined ? 'missing' : issue.code})`;
  });
  throw new ConfigError(
    `Wrong settings: ${[...new Set(wrong)].join(', ')}. They are set by the stack that deploys this function; deploy it again.`,
  );
}
