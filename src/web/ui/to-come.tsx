/** In the place of something that is still read. */
export function ToCome({
  height,
  width,
  className = '',
}: {
  height?: number | string;
  width?: number | string;
  className?: string;
}) {
  return <div className={`to-come ${className}`} style={{ height, width }} />;
}
