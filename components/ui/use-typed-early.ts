import { type ChangeEvent, type ChangeEventHandler, type RefObject, useEffect, useEffectEvent, useRef } from "react";

type Controlled = { value?: unknown; onChange?: ChangeEventHandler<HTMLInputElement> | undefined };

/**
 * Tells a controlled field's owner what was typed, or filled in by the browser, before React had taken the page over. React leaves
 * such a text standing in the field and says nothing, so that something else would be sent than what is read there.
 * @returns the ref that the field needs
 */
export function useTypedEarly({ value, onChange }: Controlled): RefObject<HTMLInputElement | null> {
  const ref = useRef<HTMLInputElement>(null);
  const tell = useEffectEvent((field: HTMLInputElement) => {
    if (value === undefined || field.value === value) return;
    onChange?.({ target: field, currentTarget: field } as ChangeEvent<HTMLInputElement>);
  });
  useEffect(() => {
    if (ref.current) tell(ref.current);
  }, []);
  return ref;
}
