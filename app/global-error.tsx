"use client";

/** The last resort, when even the layout broke: no translations and no styles can be counted on here. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body
        style={{ fontFamily: "system-ui, sans-serif", maxWidth: "32rem", margin: "4rem auto", padding: "0 1.5rem" }}
      >
        <h1>Something went wrong · 出错了</h1>
        <p>Nothing was charged because of this. Please load the page again. · 不会因此产生任何扣款，请重新加载页面。</p>
        {error.digest ? <code>{error.digest}</code> : null}
        <p>
          <a href="/">Evenkeel</a>
        </p>
      </body>
    </html>
  );
}
