import { Tooltip } from '@mantine/core';
import { Info } from 'lucide-react';
import classes from './Advice.module.css';

/** A small mark that explains what stands beside it, to pointers and keys alike. */
export function Advice({ about, children }: { readonly about: string; readonly children: string }) {
  return (
    <Tooltip label={children} events={{ hover: true, focus: true, touch: true }}>
      <button type="button" className={classes.mark} aria-label={`About ${about}: ${children}`}>
        <Info size={12} aria-hidden />
      </button>
    </Tooltip>
  );
}
