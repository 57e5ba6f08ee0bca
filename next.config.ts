import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run types` checks them; a second time would only make every start of the demo slower.
  typescript: { ignoreBuildErrors: true },
  // Loaded from node_modules at run time: bundling them only makes the build slow.
  serverExternalPackages: [
    "inngest",
    "stripe",
    "postgres",
    "pino",
    "prom-client",
    "nodemailer",
    "@node-rs/argon2",
    "pdfkit",
    "fontkit",
  ],
  // The formatter without the parser of ICU, 9 kB less for every page; `messages/readable.ts` parses on the server.
  turbopack: {
    resolveAlias: {
      "use-intl/format-message": "./node_modules/use-intl/dist/esm/production/format-message/format-only.js",
    },
  },
  // Documents are written with them; nothing imports them, so that the tracing does not find them.
  outputFileTracingIncludes: { "/api/**": ["./assets/fonts/*.ttf"] },
};

export default createNextIntlPlugin("./i18n.ts")(config);
