import { type DragEvent, type ReactNode, useState } from 'react';
import { openDropped } from '../actions/open-files.ts';
import { droppedItems } from '../host/dropped-items.ts';
import classes from './App.module.css';

/** The whole window takes files. */
export function DropTarget({ children }: { readonly children: ReactNode }) {
  const [isOver, setIsOver] = useState(false);
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way to the Open button
    <div
      className={classes.dropTarget}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={(event) => {
        if (event.currentTarget.contains(event.relatedTarget as Node | null)) return;
        setIsOver(false);
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setIsOver(false);
        void openDropped(droppedItems(event.dataTransfer));
      }}
    >
      {children}
      {isOver && <div className={classes.dropHint}>Drop to open</div>}
    </div>
  );
}
