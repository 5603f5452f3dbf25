/** Whether `name` is what `glob` describes: `*` stands for any characters, all others for themselves. Linear time. */
export function isCoveredBy(glob: string, name: string): boolean {
  const [head = '', ...parts] = glob.split('*');
  const tail = parts.pop();
  if (tail === undefined) return name === glob;
  if (!name.startsWith(head) || !name.endsWith(tail)) return false;
  let from = head.length;
  for (const part of parts) {
    const found = name.indexOf(part, from);
    if (found === -1) return false;
    from = found + part.length;
  }
  return from <= name.length - tail.length;
}
