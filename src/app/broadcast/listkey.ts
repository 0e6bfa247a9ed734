/** How a firm is found on a list: by its exact name, in its city; however wide its brackets are typed. */
export function listKey(city: string, name: string): string {
  return `${city} ${name.normalize('NFKC').replace(/\s/g, '')}`;
}
