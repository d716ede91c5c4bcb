import { themeQuartz } from 'ag-grid-community'

/** The grid in the tokens of the page; row height and font size as screens are drawn. */
export const gridTheme = themeQuartz.withParams({
  accentColor: 'var(--open)',
  backgroundColor: 'var(--page)',
  borderColor: 'var(--line)',
  browserColorScheme: 'inherit',
  cellHorizontalPadding: 8,
  fontFamily: 'inherit',
  fontSize: 12,
  foregroundColor: 'var(--text)',
  headerBackgroundColor: 'var(--page)',
  headerFontWeight: 400,
  headerHeight: 28,
  headerTextColor: 'var(--muted)',
  oddRowBackgroundColor: 'var(--page)',
  rowHeight: 28,
  rowHoverColor: 'var(--surface)',
  selectedRowBackgroundColor: 'var(--selected)',
  wrapperBorder: false,
  wrapperBorderRadius: 0,
})
