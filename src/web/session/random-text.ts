/**
 * A text that nobody can guess and that never occurs twice: 256 random bits, in base64url. Unlike
 * `crypto.randomUUID`, it also works at an address without TLS, such as a machine in the local network.
 */
export function randomText(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

export function base64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
