/**
 * This client's place in the journal. graphql-ws repeats a subscription's first variables when it
 * reconnects, so the place is sent in `connection_init`, which graphql-ws asks for at every
 * connect.
 */
export function keepPlace() {
  let cursor;
  return {
    /**
     * For `connectionParams`: a function, so that each connect uses a new bearer token and the last
     * place.
     */
    paramsFor: (bearer) => async () => ({
      authorization: `Bearer ${await bearer()}`,
      resume: cursor,
    }),
    /** Call it with the `cursor` of each event, once the event is dealt with. */
    heard: (event) => (cursor = event.cursor ?? cursor),
  };
}
