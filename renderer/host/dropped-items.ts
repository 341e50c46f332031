/** Something dropped on the window. */
export interface DroppedItem {
  /** The file; of a folder what the browser makes of it, which has the folder's name and cannot be read. */
  readonly file: File;
  /** The folder, where it is one that can be walked through. */
  readonly folder: FileSystemDirectoryEntry | null;
}

/** What a drop brings. To be asked while its event is handled: afterwards the browser tells no more. */
export function droppedItems(transfer: DataTransfer): DroppedItem[] {
  return [...transfer.items]
    .filter(({ kind }) => kind === 'file')
    .flatMap((item) => {
      const file = item.getAsFile();
      const entry = item.webkitGetAsEntry();
      if (file === null) return [];
      return [{ file, folder: entry?.isDirectory ? (entry as FileSystemDirectoryEntry) : null }];
    });
}
