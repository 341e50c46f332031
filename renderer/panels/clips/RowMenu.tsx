import { ActionIcon, Menu } from '@mantine/core';
import { EllipsisVertical } from 'lucide-react';
import type { ReactNode } from 'react';

interface Props {
  /** Whose menu it is. */
  readonly name: string;
  readonly width: number;
  readonly tabIndex: number;
  readonly children: ReactNode;
}

/** The menu at the end of a row: three dots, and what is given as its items. */
export function RowMenu({ name, width, tabIndex, children }: Props) {
  return (
    <Menu position="bottom-end" width={width}>
      <Menu.Target>
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          tabIndex={tabIndex}
          aria-label={`What can be done with ${name}`}
          onClick={(event) => event.stopPropagation()}
        >
          <EllipsisVertical size={14} />
        </ActionIcon>
      </Menu.Target>
      {/* The menu is drawn elsewhere, but its clicks still come through the row. */}
      <Menu.Dropdown onClick={(event) => event.stopPropagation()}>{children}</Menu.Dropdown>
    </Menu>
  );
}
