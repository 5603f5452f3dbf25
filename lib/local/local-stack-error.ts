/** The local stack cannot do what was asked. The message says what is wrong and what to do about it. */
export class LocalStackError extends Error {
  override readonly name = 'LocalStackError';
}
