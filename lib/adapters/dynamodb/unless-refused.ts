/** What a conditional write gives, or undefined, with nothing written, where its condition does not hold. */
export async function unlessRefused<Output>(write: () => Promise<Output>): Promise<Output | undefined> {
  const { ConditionalCheckFailedException } = await import('@aws-sdk/client-dynamodb');
  try {
    return await write();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
