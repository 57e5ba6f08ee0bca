import { intentIdOf } from "../api-client";

/** Address of the page that plays the customer's bank. */
function challengeUrl(base: string, clientSecret: string, locale: string): string {
  const query = new URLSearchParams({ client_secret: clientSecret });
  if (locale !== "auto") query.set("locale", locale);
  return `${base}/challenge/${encodeURIComponent(intentIdOf(clientSecret))}?${query}`;
}

/**
 * Shows 3-D Secure above the page and resolves when the customer has answered. The answer itself goes from the bank's page
 * to the server; the page only learns that there is one.
 */
export function showChallenge(base: string, clientSecret: string, locale: string): Promise<void> {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-label", "3D Secure");
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
  frame.name = "stripe-challenge-frame";
  frame.title = "3D Secure challenge";
  frame.src = challengeUrl(base, clientSecret, locale);
  Object.assign(frame.style, {
    width: "min(420px, 100%)",
    height: "min(340px, 100%)",
    border: "0",
    borderRadius: "12px",
    colorScheme: "light",
    boxShadow: "0 20px 60px rgb(0 0 0 / 0.35)",
  });
  dialog.append(frame);
  // A bank's page is answered, not closed: Escape would leave the intent hanging.
  dialog.addEventListener("cancel", (event) => event.preventDefault());

  return new Promise((resolve) => {
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
