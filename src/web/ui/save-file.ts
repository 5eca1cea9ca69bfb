/** Offers a file for download. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Not before the browser has started to read it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Offers a CSV file for download. */
export function saveCsv(name: string, parts: string[]): void {
  saveFile(name, new Blob(parts, { type: 'text/csv;charset=utf-8' }));
}
