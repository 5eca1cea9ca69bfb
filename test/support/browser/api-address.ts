/** The address to which pages send operations over HTTP, with the account or without. */
export const apiAddress = /\/graphql(\/[a-z0-9-]+)?$/;
