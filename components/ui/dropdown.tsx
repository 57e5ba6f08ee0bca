"use client";

import {
  type ComponentProps,
  cloneElement,
  createContext,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  type ToggleEvent,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { beside, type Wish } from "./beside";
import { cn } from "./class-names";
import { itemFor } from "./menu-keys";

type Props = Partial<Wish> & { trigger: ReactElement<ComponentProps<"button">>; children: ReactNode };
const CloseMenu = createContext<() => void>(() => {});

const itemsOf = (menu: Element | null) => [...(menu?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];

/** A menu in the browser's own popover: it is above everything, and a click outside or Escape closes it. */
export function Dropdown({ trigger, children, align = "end", side = "bottom" }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!open) return;
    const place = () => {
      if (!menu.current || !button.current) return;
      const { style, offsetWidth: width, scrollHeight, offsetHeight, clientHeight } = menu.current;
      const view = { width: document.documentElement.clientWidth, height: window.innerHeight };
      const size = { width, height: scrollHeight + offsetHeight - clientHeight };
      const at = beside(button.current.getBoundingClientRect(), size, view, { side, align });
      Object.assign(style, { left: `${at.left}px`, top: `${at.top}px`, maxHeight: `${at.height}px` });
    };
    // Shown by now, and not yet painted.
    const frame = requestAnimationFrame(() => {
      place();
      const byKey = button.current?.matches(":focus-visible");
      const [first] = itemsOf(menu.current);
      ((byKey && first) || menu.current)?.focus({ preventScroll: true });
    });
    window.addEventListener("scroll", place, { capture: true, passive: true });
    window.addEventListener("resize", place);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("scroll", place, { capture: true });
      window.removeEventListener("resize", place);
    };
  }, [open, side, align]);

  const close = () => {
    menu.current?.hidePopover();
    button.current?.focus({ preventScroll: true });
  };
  const move = (event: KeyboardEvent) => {
    // The focus goes on from the button, by the browser.
    if (event.key === "Tab") return close();
    const items = itemsOf(menu.current);
    const at = items.indexOf(document.activeElement as HTMLElement);
    const names = items.map((item) => item.textContent ?? "");
    const to = event.ctrlKey || event.metaKey || event.altKey ? null : itemFor(event.key, at, names);
    if (to === null) return;
    event.preventDefault();
    items[to]?.focus();
  };
  const reach = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    if (open) itemsOf(menu.current)[0]?.focus();
    else menu.current?.showPopover();
  };
  return (
    <>
      {cloneElement(trigger, {
        ref: button,
        id: `${id}-button`,
        popoverTarget: id,
        "aria-haspopup": "menu",
        "aria-expanded": open,
        "aria-controls": open ? id : undefined,
        onKeyDown: reach,
      })}
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-labelledby={`${id}-button`}
        // The items are there before it is shown, and until it is hidden, so that the focus can go back.
        onBeforeToggle={(event: ToggleEvent) => event.newState === "open" && setOpen(true)}
        onToggle={(event: ToggleEvent) => event.newState === "closed" && setOpen(false)}
        onKeyDown={move}
        onPointerLeave={() => menu.current?.focus({ preventScroll: true })}
        className="inset-auto top-0 left-0 min-w-52 max-w-[calc(100vw-1rem)] animate-rise rounded-xl border border-line bg-raised p-1.5 text-ink shadow-depth-high outline-none"
      >
        {open ? <CloseMenu value={close}>{children}</CloseMenu> : null}
      </div>
    </>
  );
}

const item =
  "flex min-h-9 w-full select-none items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-left text-ink text-sm outline-none focus:bg-sunken [&_svg]:size-4 [&_svg]:text-ink-faint";

type ItemProps = { onSelect: () => void; checked?: boolean; lang?: string; children: ReactNode };

/** One thing to do. With `checked` it is one of several to choose from. */
export function DropdownItem({ onSelect, checked, lang, children }: ItemProps) {
  const close = useContext(CloseMenu);
  const select = () => {
    close();
    onSelect();
  };
  const isChoice = checked !== undefined;
  const kind = isChoice ? { role: "menuitemradio", "aria-checked": checked } : { role: "menuitem" };
  return (
    <button
      type="button"
      {...kind}
      lang={lang}
      tabIndex={-1}
      onClick={select}
      onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
      className={cn(item, isChoice && "justify-between aria-checked:font-medium aria-checked:text-keel-deep")}
    >
      {children}
      {checked ? <span aria-hidden>✓</span> : null}
    </button>
  );
}

type Choice = { value: string; label: string; lang?: string };
type ChoicesProps = { label: string; value: string; choices: readonly Choice[]; onChoose: (value: string) => void };

/** Several to choose one from, under their title. */
export function DropdownChoices({ label, value, choices, onChoose }: ChoicesProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is not allowed in a menu
    <div role="group" aria-label={label}>
      <div aria-hidden className="px-2.5 pt-2 pb-1 font-medium text-ink-faint text-xs">
        {label}
      </div>
      {choices.map((choice) => (
        <DropdownItem
          key={choice.value}
          checked={choice.value === value}
          lang={choice.lang}
          onSelect={() => onChoose(choice.value)}
        >
          {choice.label}
        </DropdownItem>
      ))}
    </div>
  );
}

export const DropdownSeparator = () => <div aria-hidden className="my-1.5 h-px bg-line" />;
