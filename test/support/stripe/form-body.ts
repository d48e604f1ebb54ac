export type FormValue = string | FormObject;
export interface FormObject {
  [name: string]: FormValue;
}

/** Reads Stripe's form encoding, in which `a[b][0]=c` is an object in an object. */
export function parseForm(text: string): FormObject {
  const root: FormObject = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = [...name.matchAll(/[^[\]]+/g)].map(([part]) => part);
    let place = root;
    for (const part of path.slice(0, -1)) {
      const next = place[part];
      place = place[part] = typeof next === 'object' ? next : {};
    }
    place[path.at(-1) ?? ''] = value;
  }
  return root;
}

export function textOf(form: FormObject, name: string): string | undefined {
  const value = form[name];
  return typeof value === 'string' ? value : undefined;
}

export function objectOf(form: FormObject, name: string): FormObject {
  const value = form[name];
  return typeof value === 'object' ? value : {};
}
