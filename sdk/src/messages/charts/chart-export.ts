/** Texts of what a chart can be saved as. */
export const chartExportMessages = {
  open: 'Export',
  csv: 'Figures as CSV',
  png: 'Chart as PNG',
  svg: 'Chart as SVG',
  print: 'Print',
  failed: 'This browser could not make the picture.',
};
