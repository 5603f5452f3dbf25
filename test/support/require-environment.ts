/** The value of a variable that the test stack sets. Throws where the test was started without that stack. */
export function requireEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(`${name} is not set: this test needs the local stack, which "npm test" starts.`);
  }
  return value;
}
