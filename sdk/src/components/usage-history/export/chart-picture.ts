/** The parts of a picture, as they are on the screen. */
export interface ShownChart {
  title: string;
  caption: string;
  /** The element that holds charts and legend. */
  root: HTMLElement;
}

const svgNames = 'http://www.w3.org/2000/svg';
const padding = 16;
const lineHeight = 20;

/** What CSS decides about a drawing; a file has no style sheet, so each element carries it. */
const properties = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'opacity',
  'font-size',
  'font-family',
  'font-weight',
  'text-anchor',
] as const;

/**
 * The charts of a card as one drawing that stands alone: title, span, charts, and the legend with the parts that are shown. It has
 * no style sheet, no variables and no script, and keeps the colours of the screen.
 */
export function chartPicture({ title, caption, root }: ShownChart): SVGSVGElement {
  const charts = [...root.querySelectorAll<SVGSVGElement>('svg.recharts-surface')].filter((chart) =>
    chart.closest('.uk-chart'),
  );
  const width = Math.max(320, ...charts.map((chart) => sizeOf(chart).width)) + 2 * padding;
  const text = getComputedStyle(root);
  const picture = element('svg', { width: String(width) }) as SVGSVGElement;
  const paper = element('rect', { width: '100%', fill: paperOf(root) });
  picture.append(paper);
  let y = padding;
  const write = (words: string, weight: string, x = padding) => {
    const line = element('text', {
      x: String(x),
      y: String(y + 13),
      fill: plainColour(text.color),
      'font-family': text.fontFamily,
      'font-size': '13.5',
      'font-weight': weight,
    });
    line.textContent = words;
    picture.append(line);
    y += lineHeight;
  };
  write(title, '600');
  write(caption, '400');
  for (const chart of charts) {
    const head = chart.closest('figure')?.querySelector('figcaption > .uk-legend-item');
    if (head?.textContent && head.textContent !== title) write(head.textContent, '600');
    const { height } = sizeOf(chart);
    const copy = standalone(chart);
    copy.setAttribute('x', String(padding));
    copy.setAttribute('y', String(y));
    for (const textures of chart.closest('.uk-chart')?.querySelectorAll<SVGSVGElement>('.uk-textures') ?? [])
      picture.append(...standalone(textures).children);
    picture.append(copy);
    y += height + padding;
  }
  for (const row of root.querySelectorAll('tbody tr')) {
    const name = row.querySelector('.uk-legend-toggle[aria-pressed="true"]');
    const swatch = name?.querySelector('svg');
    if (!name || !swatch) continue;
    const copy = standalone(swatch);
    copy.setAttribute('x', String(padding));
    copy.setAttribute('y', String(y + 3));
    picture.append(copy);
    write(`${name.textContent}: ${row.lastElementChild?.textContent ?? ''}`, '400', padding + 18);
  }
  picture.setAttribute('height', String(y + padding));
  paper.setAttribute('height', String(y + padding));
  picture.setAttribute('viewBox', `0 0 ${width} ${y + padding}`);
  return picture;
}

/** The drawing as the text of a file. */
export function pictureText(picture: SVGSVGElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(picture)}`;
}

/**
 * The drawing in pixels, two for each of the screen's.
 *
 * @throws where the browser cannot draw it, such as by a content policy that forbids `data:` images
 */
export async function picturePng(picture: SVGSVGElement): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(pictureText(picture))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Number(picture.getAttribute('width')) * 2;
  canvas.height = Number(picture.getAttribute('height')) * 2;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('The canvas gave no picture');
  return blob;
}

function element(name: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS(svgNames, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function sizeOf(chart: SVGSVGElement): { width: number; height: number } {
  return { width: Number(chart.getAttribute('width')), height: Number(chart.getAttribute('height')) };
}

/** A copy whose elements carry what CSS made of the original. */
function standalone(drawing: SVGSVGElement): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [drawing, ...drawing.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  originals.forEach((original, place) => {
    const own = copies[place];
    if (!own) return;
    const style = getComputedStyle(original);
    for (const property of properties) {
      const value = style.getPropertyValue(property);
      if (value) own.setAttribute(property, plainColour(value));
    }
    for (const name of ['class', 'style', 'tabindex', 'role']) own.removeAttribute(name);
  });
  return copy;
}

/** The first colour behind the card that is not transparent. */
function paperOf(root: HTMLElement): string {
  for (let each: HTMLElement | null = root; each; each = each.parentElement) {
    const { backgroundColor } = getComputedStyle(each);
    if (backgroundColor && backgroundColor !== 'transparent' && !/[,/] ?0\)$/.test(backgroundColor))
      return plainColour(backgroundColor);
  }
  return '#ffffff';
}

/** Mixed colours, such as `oklab(…)`, in red, green and blue, which every viewer of files knows. */
function plainColour(value: string): string {
  if (!/^(color|ok|lab|lch|hwb)/.test(value)) return value;
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d');
  if (!context) return value;
  context.fillStyle = value;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha = 255] = context.getImageData(0, 0, 1, 1).data;
  return `rgba(${red},${green},${blue},${alpha / 255})`;
}
