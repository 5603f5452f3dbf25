/** Finds one kind of personal or secret data in text. */
export interface Detector {
  /** As in the flag `scrubbed:<entity>`. */
  readonly entity: string;
  /**
   * Where this does not match, there is nothing to find. Most texts pass by here, so it must cost next to nothing: linear,
   * and with one beginning rather than alternatives.
   */
  readonly hint: RegExp;
  /** The text with each finding replaced by its mask. Finds nothing in its own output. Linear in the text. */
  readonly mask: (text: string) => string;
}
