/** A value that JSON can hold, read-only. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** An object that JSON can hold. */
export type JsonObject = { readonly [name: string]: JsonValue };
