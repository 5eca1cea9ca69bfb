/* PostGraphile 5 asks for Node 22; this is what it uses of it that Node 20 lacks. */
Promise.withResolvers ??= function withResolvers() {
  let resolve;
  let reject;
  const promise = new this((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
};
Symbol.asyncDispose ??= Symbol.for('Symbol.asyncDispose');
Symbol.dispose ??= Symbol.for('Symbol.dispose');
