import { Kbd } from '@mantine/core';
import classes from './KeyLabel.module.css';
import { keyLabels } from './key-labels.ts';
import { IS_MAC } from './platform.ts';

/** The keys of a binding as they stand on the keyboard. */
export function KeyLabel({ binding }: { readonly binding: string }) {
  return (
    <span className={classes.keys}>
      {keyLabels(binding, IS_MAC).map((label) => (
        <Kbd key={label} size="xs">
          {label}
        </Kbd>
      ))}
    </span>
  );
}
