import { Button, Code, Stack, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';

interface Props {
  /** What is inside, for the message. */
  readonly what: string;
  readonly children: ReactNode;
}

/** Keeps a fault in one panel from taking the window along. */
export class ErrorBoundary extends Component<Props, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Stack gap="xs" p="md" role="alert" align="flex-start">
        <Text size="sm">A fault in {this.props.what}. Your clips and takes are not affected.</Text>
        <Code>{error.message}</Code>
        <Button size="xs" onClick={() => this.setState({ error: null })}>
          Show it again
        </Button>
      </Stack>
    );
  }
}
