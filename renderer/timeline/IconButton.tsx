import { ActionIcon, Tooltip } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';

interface IconButtonProps {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly isDisabled: boolean;
  readonly onClick: () => void;
  readonly testId?: string;
}

/** A button of the transport row, named by its tooltip. */
export function IconButton({ label, icon: Icon, isDisabled, onClick, testId }: IconButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={label}
        disabled={isDisabled}
        onClick={onClick}
        data-testid={testId}
      >
        <Icon size="1rem" aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}
