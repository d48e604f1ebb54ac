/** The name of a unit as a title, such as `Credits`, where nobody gave a title of its own. */
export function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
