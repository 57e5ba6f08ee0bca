import { intentIdOf } from "../api-client";

/**
 * Shows a page of the stand-in above the merchant's and resolves when the customer has answered there. The answer itself
 * goes from that page to the server; the merchant's page only learns that there is one.
 */
export function showDialog(base: string, path: string, names: { frame: string; title: string; height: string }) {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-label", names.title);
  // Set one by one, because a page's content security policy may forbid style attributes but not this.
  Object.assign(dialog.style, {
    position: "fixed",
    inset: "0",
    width: "100vw",
    height: "100dvh",
    maxWidth: "none",
    maxHeight: "none",
    margin: "0",
    padding: "16px",
    boxSizing: "border-box",
    border: "0",
    background: "rgb(0 0 0 / 0.55)",
    display: "grid",
    placeItems: "center",
  });

  const frame = document.createElement("iframe");
  frame.name = names.frame;
  frame.title = names.title;
  frame.src = base + path;
  Object.assign(frame.style, {
    width: "min(420px, 100%)",
    height: `min(${names.height}, 100%)`,
    border: "0",
    borderRadius: "12px",
    colorScheme: "light",
    boxShadow: "0 20px 60px rgb(0 0 0 / 0.35)",
  });
  dialog.append(frame);
  // A bank's page is answered, not closed: Escape would leave the intent hanging.
  dialog.addEventListener("cancel", (event) => event.preventDefault());

  return new Promise<void>((resolve) => {
    const onMessage = (message: MessageEvent<{ standin?: string } | null>) => {
      if (message.source !== frame.contentWindow || message.origin !== base || message.data?.standin !== "challenged")
        return;
      window.removeEventListener("message", onMessage);
      dialog.close();
      dialog.remove();
      resolve();
    };
    window.addEventListener("message", onMessage);
    document.body.append(dialog);
    dialog.showModal();
    frame.focus();
  });
}

/** The query every such page gets. */
export function dialogQuery(clientSecret: string, locale: string): URLSearchParams {
  const query = new URLSearchParams({ client_secret: clientSecret });
  if (locale !== "auto") query.set("locale", locale);
  return query;
}

/** Shows 3-D Secure. */
export function showChallenge(base: string, clientSecret: string, locale: string): Promise<void> {
  const path = `/challenge/${encodeURIComponent(intentIdOf(clientSecret))}?${dialogQuery(clientSecret, locale)}`;
  return showDialog(base, path, { frame: "stripe-challenge-frame", title: "3D Secure challenge", height: "340px" });
}
