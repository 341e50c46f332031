import { ExportDialog } from './ExportDialog.tsx';
import { ImportDialog } from './ImportDialog.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';

/** Every dialog of the window; the activity says which is open. */
export function Dialogs() {
  return (
    <>
      <ImportDialog />
      <ExportDialog />
      <ShortcutsDialog />
      <SettingsDialog />
    </>
  );
}
