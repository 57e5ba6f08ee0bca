type Box = { top: number; bottom: number; left: number; right: number };
type Size = { width: number; height: number };
export type Wish = { side: "top" | "bottom"; align: "start" | "end" };

const GAP_PX = 6;
const EDGE_PX = 8;

/**
 * Where something stands that opens beside a button: on the side that is wished where it fits there or has no more room on the
 * other, and never beyond the window. All in CSS pixels of the window.
 * @param box the button @param size what opens, at its full height @param view the window
 */
export function beside(box: Box, size: Size, view: Size, { side, align }: Wish) {
  const room = { bottom: view.height - box.bottom - GAP_PX - EDGE_PX, top: box.top - GAP_PX - EDGE_PX };
  const other = side === "top" ? "bottom" : "top";
  const taken = size.height > room[side] && room[other] > room[side] ? other : side;
  const height = Math.min(size.height, room[taken]);
  const left = align === "start" ? box.left : box.right - size.width;
  return {
    left: Math.max(EDGE_PX, Math.min(left, view.width - size.width - EDGE_PX)),
    top: taken === "bottom" ? box.bottom + GAP_PX : box.top - GAP_PX - height,
    height,
  };
}
