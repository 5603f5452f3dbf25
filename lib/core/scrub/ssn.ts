import type { Detector } from './detector.ts';

/** Area 001 to 899 but 666, group and serial not all zeros, as the Social Security Administration issues them. */
const GROUPED = /(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])/g;

/** US social security numbers, written in groups. */
export const ssn: Detector = {
  entity: 'ssn',
  hint: /\d{3}-\d{2}-\d{4}/,
  mask: (text) => text.replace(GROUPED, '[ssn]'),
};
