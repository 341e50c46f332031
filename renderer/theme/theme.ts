import { createTheme, type MantineThemeOverride } from '@mantine/core';

/** Dense and neutral: small controls, grey surfaces, one blue for what can be acted on. */
export const POSEMEND_THEME: MantineThemeOverride = createTheme({
  primaryColor: 'blue',
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  defaultRadius: 'sm',
  cursorType: 'pointer',
  fontFamily:
    '"Inter Variable", Inter, "Segoe UI", system-ui, -apple-system, "Noto Sans", "DejaVu Sans", sans-serif',
  fontSizes: {
    xs: '0.75rem',
    sm: '0.8125rem',
    md: '0.9375rem',
    lg: '1.0625rem',
    xl: '1.25rem',
  },
  colors: {
    dark: [
      '#e3e3e3',
      '#cfcfcf',
      '#a9a9a9',
      '#7d7d7d',
      '#4a4a4a',
      '#3a3a3a',
      '#2c2c2c',
      '#252525',
      '#1e1e1e',
      '#181818',
    ],
  },
  components: {
    Tooltip: { defaultProps: { openDelay: 400, multiline: true, maw: 320, fz: 'xs' } },
    Modal: { defaultProps: { centered: true } },
  },
});
