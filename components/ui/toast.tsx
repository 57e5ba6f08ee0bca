"use client";

import { createContext, lazy, type ReactNode, Suspense, useCallback, useContext, useEffect, useState } from "react";

export type Message = { id: number; tone: "good" | "bad"; text: string };
const ToastContext = createContext<(tone: Message["tone"], text: string) => void>(() => {});

/** Says in passing how something ended; what must not be missed is an `Alert` in the page as well. */
export const useToast = () => useContext(ToastContext);

const load = () => import("./toaster");
const Toaster = lazy(load);
const TOUCHES = ["pointerdown", "keydown"] as const;

/** What shows the messages comes with the first touch of the page: by the time something has ended, and also when it ended without a network. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<Message[]>([]);
  const show = useCallback((tone: Message["tone"], text: string) => {
    setMessages((list) => [...list.slice(-2), { id: (list.at(-1)?.id ?? 0) + 1, tone, text }]);
  }, []);
  useEffect(() => {
    const prepare = () => {
      for (const touch of TOUCHES) window.removeEventListener(touch, prepare);
      load().catch(() => {});
    };
    for (const touch of TOUCHES) window.addEventListener(touch, prepare, { passive: true });
    return () => {
      for (const touch of TOUCHES) window.removeEventListener(touch, prepare);
    };
  }, []);
  return (
    <ToastContext value={show}>
      {children}
      {messages.length > 0 ? (
        <Suspense fallback={null}>
          <Toaster messages={messages} onClose={(id) => setMessages((list) => list.filter((m) => m.id !== id))} />
        </Suspense>
      ) : null}
    </ToastContext>
  );
}
