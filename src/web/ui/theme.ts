import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import { words } from '../words';

/** The product's own colour. Its shades 7 and 8 carry white letters, 2 and 3 are read on black. */
const indigo: MantineColorsTuple = [
  '#eef1ff',
  '#dbe1fb',
  '#b5c0f2',
  '#8c9dea',
  '#6a7ee3',
  '#546bdf',
  '#4860dd',
  '#384ec4',
  '#3045b0',
  '#253a9b',
];

/** The header of a dialog is not the banner of the page, which has its own. */
const overPage = {
  attributes: { header: { role: 'presentation' } },
  closeButtonProps: { 'aria-label': words.ui.close },
};

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 7 },
  colors: { indigo },
  autoContrast: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.75rem' } } },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // As plain objects: naming the components would put them into what every page loads first.
    Modal: { defaultProps: overPage },
    Drawer: { defaultProps: overPage },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': words.ui.dismiss } } },
  },
});

/** What Mantine draws too faintly to be read: its greys and reds, as WCAG AA asks for 4.5 to 1. */
export const readableColors: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#55606b',
    '--mantine-color-placeholder': '#636d77',
    '--mantine-color-error': '#c22525',
    '--mantine-color-anchor': '#3045b0',
    '--mantine-color-teal-outline': '#087f5b',
    '--mantine-color-orange-outline': '#b44d00',
    '--mantine-color-red-outline': '#c22525',
  },
  dark: {
    '--mantine-color-dimmed': '#b0b6bc',
    '--mantine-color-placeholder': '#9aa1a8',
    '--mantine-color-error': '#ff9b9b',
    // A disabled button on a card would have the colour of the card.
    '--mantine-color-disabled': 'var(--mantine-color-dark-5)',
    '--mantine-color-anchor': '#b5c0f2',
  },
});
