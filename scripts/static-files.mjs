import sirv from "sirv";

const ADDRESS = "/_next/static";

/**
 * Serves what browsers load with a page, as `compress.mjs` has written it, to those who read Brotli; everybody and everything else is
 * Next's, which compresses with each request and does not know Brotli.
 * @param folder whose files have their contents in their names, so that they are kept for good
 * @param next handles the request otherwise
 */
export function staticFiles(folder, next) {
  const setHeaders = (response) => response.setHeader("X-Content-Type-Options", "nosniff");
  const serve = sirv(folder, { setHeaders, brotli: true, immutable: true, maxAge: 31_536_000, etag: true });
  return (request, response) => {
    const { url = "", method, headers } = request;
    const isOurs = (method === "GET" || method === "HEAD") && /^\/_next\/static\/.*\.(js|css)(\?|$)/.test(url);
    if (!isOurs || !/\bbr\b/.test(headers["accept-encoding"] ?? "")) return next(request, response);
    request.url = url.slice(ADDRESS.length);
    return serve(request, response, () => {
      request.url = url;
      return next(request, response);
    });
  };
}
