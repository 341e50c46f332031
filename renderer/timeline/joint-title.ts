import { BODY17_NAMES } from '../../motion/skeleton/body17.ts';

/** Names of the body-17 joints for people: `Left wrist`. */
export const JOINT_TITLES: readonly string[] = BODY17_NAMES.map((name) => {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
});
