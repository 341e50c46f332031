import { Menu } from '@mantine/core';
import { FileDown, FileText, Pencil, Save, Trash2 } from 'lucide-react';
import { openReport, removeTake, renameTake, saveReport } from '../../actions/refine.ts';
import { openDialog } from '../../state/activity.ts';
import { useDocument } from '../../state/document.ts';
import { RowMenu } from './RowMenu.tsx';

interface Props {
  readonly clip: string;
  readonly take: string;
  readonly name: string;
  readonly tabIndex: number;
  readonly onRename: () => void;
}

/** What can be done with a take. */
export function TakeMenu({ clip, take, name, tabIndex, onRename }: Props) {
  const hasOwnName = useDocument((state) => state.edits[clip]?.takeNames[take] !== undefined);
  const is3d = useDocument((state) => state.clips[clip]?.info.dimensions === 3);
  return (
    <RowMenu name={name} width={190} tabIndex={tabIndex}>
      <Menu.Item leftSection={<Pencil size={14} />} onClick={onRename}>
        Rename
      </Menu.Item>
      {hasOwnName && <Menu.Item onClick={() => renameTake(clip, take, '')}>Back to its own name</Menu.Item>}
      <Menu.Divider />
      <Menu.Item leftSection={<FileText size={14} />} disabled={!is3d} onClick={() => void openReport(take)}>
        Open report
      </Menu.Item>
      <Menu.Item leftSection={<Save size={14} />} disabled={!is3d} onClick={() => void saveReport(take)}>
        Save report…
      </Menu.Item>
      <Menu.Item leftSection={<FileDown size={14} />} onClick={() => openDialog({ kind: 'export', clip })}>
        Export…
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item leftSection={<Trash2 size={14} />} onClick={() => removeTake(clip, take)}>
        Remove
      </Menu.Item>
    </RowMenu>
  );
}
