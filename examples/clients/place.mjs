/**
 * Where this client is in the journal. graphql-ws repeats a subscription's first variables when it comes
 * back by itself, so the place travels in `connection_init`, which it asks for again at every connect.
 */
export function keepPlace() {
  let cursor;
  return {
    /** For `connectionParams`: a function, so that each connect takes a fresh bearer and the last place. */
    paramsFor: (bearer) => async () => ({
      authorization: `Bearer ${await bearer()}`,
      resume: cursor,
    }),
    /** Call it with the `cursor` of each event, once the event is dealt with. */
    heard: (event) => (cursor = event.cursor ?? cursor),
  };
}
