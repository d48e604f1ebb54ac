/**
 * The parts that widgets are made of, by the name that `classNames` takes, with what each is. A part's own class, which a
 * host's sheet may name, is `uk-` and the name with hyphens: `uk-section-title`.
 */
export const parts = {
  root: 'the whole widget',
  card: 'a bordered ground',
  head: "a card's first line, with its title",
  title: "a card's or a dialog's title",
  section: 'a part of a card under a heading of its own',
  subtitle: "a section's or a notice's title",
  button: 'a button, or a link that looks like one',
  link: 'words that do something',
  segments: 'a choice of one among a few',
  segment: 'one of them',
  switch: 'something that is on or off',
  pill: 'a state as a word',
  figure: 'the one big figure with its label',
  figureLabel: "the big figure's label",
  figureNumber: 'the big figure itself',
  value: 'a figure in a text or a column',
  meter: 'one metric with its bar',
  meterName: "a meter's name",
  meterSide: "a meter's figures",
  meterFoot: 'the line beneath a meter',
  bar: 'the drawing of a meter',
  barUsed: "a bar's used part",
  barHeld: "a bar's held part",
  share: 'a thin line as long as a share',
  spark: 'the course of a figure in the room of a word',
  icon: 'a small drawing next to a word',
  notice: 'what happened, what it means and what to do',
  actions: 'the buttons of a notice or a card',
  empty: 'what stands where there is nothing to show, or an error',
  stale: 'how old the figures are',
  skeletonLine: 'a grey block in place of what is on its way',
  legend: 'what the parts of a bar mean',
  dialog: 'a dialog or a drawer',
} as const;

export type PartName = keyof typeof parts;

/** The class by which the kit's own sheet knows a part. */
export const classOf = (part: PartName): string =>
  `uk-${part.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
