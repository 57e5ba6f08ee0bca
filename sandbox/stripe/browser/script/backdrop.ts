/** The colour an element stands on: the nearest opaque background around it, or null when that is a picture or translucent. */
function colorBehind(element: Element): string | null {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const { backgroundColor, backgroundImage } = getComputedStyle(at);
    if (backgroundImage !== "none") return null;
    if (backgroundColor === "transparent" || /,\s*0\)$|\/\s*0\)$/.test(backgroundColor)) continue;
    return /^rgb\(|^color\(srgb [\d. ]+\)$|^(?:ok)?l(?:ab|ch)\([^/]+\)$/.test(backgroundColor) ? backgroundColor : null;
  }
  return null;
}

/**
 * Follows the colour behind an element while the page's theme changes. A frame looks transparent either way, but tools that
 * measure contrast cannot see through it, so the frame is painted in the colour that would shine through.
 * @returns stops following
 */
export function followBackdrop(element: Element, onColor: (color: string | null) => void): () => void {
  let known: string | null | undefined;
  const look = () => {
    const color = colorBehind(element);
    if (color === known) return;
    known = color;
    onColor(color);
  };
  const themes = matchMedia("(prefers-color-scheme: dark)");
  const attributes = new MutationObserver(look);
  for (const root of [document.documentElement, document.body])
    attributes.observe(root, { attributeFilter: ["class", "style", "data-theme"] });
  themes.addEventListener("change", look);
  addEventListener("transitionend", look);
  look();
  return () => {
    attributes.disconnect();
    themes.removeEventListener("change", look);
    removeEventListener("transitionend", look);
  };
}
