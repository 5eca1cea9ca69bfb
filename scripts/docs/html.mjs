const signs = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as HTML, also inside an attribute. */
export function escape(text) {
  return text.replace(/[&<>"']/g, (sign) => signs[sign]);
}
