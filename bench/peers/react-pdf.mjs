import { Document, Font, Page, renderToBuffer, StyleSheet, Text, View } from "@react-pdf/renderer";
import { createElement as h } from "react";

// An invoice like the product's, by @react-pdf/renderer: `react-pdf.mjs seconds < invoice.json`. Prints invoices per second.
const seconds = Number(process.argv[2]);
let json = "";
for await (const chunk of process.stdin) json += chunk;
const invoice = JSON.parse(json);
Font.registerHyphenationCallback((word) => [word]);

const styles = StyleSheet.create({
  page: { padding: 48, fontSize: 10, fontFamily: "Helvetica" },
  row: { flexDirection: "row", justifyContent: "space-between", paddingVertical: 4 },
  line: { flexDirection: "row", borderBottomWidth: 1, borderBottomColor: "#dddddd", paddingVertical: 5 },
  title: { fontSize: 20, marginBottom: 12 },
  description: { width: "55%" },
  number: { width: "15%", textAlign: "right" },
  foot: { position: "absolute", bottom: 24, left: 48, right: 48, textAlign: "center", fontSize: 8 },
});
const text = (content, style) => h(Text, { style }, content);
const money = (minor) => `$${(minor / 100).toFixed(2)}`;
const party = ({ name, email, address }) =>
  h(
    View,
    null,
    ...[name, email, ...(Array.isArray(address) ? address : Object.values(address))].map((part) => text(part)),
  );

const page = (number) =>
  h(
    Document,
    { title: number },
    h(
      Page,
      { size: "A4", style: styles.page },
      text(`Invoice ${number}`, styles.title),
      h(View, { style: styles.row }, party(invoice.seller), party(invoice.billedTo)),
      h(
        View,
        { style: styles.line },
        text("Description", styles.description),
        ...["Quantity", "Price", "Amount"].map((head) => text(head, styles.number)),
      ),
      ...invoice.lines.map((line, key) =>
        h(
          View,
          { key, style: styles.line, wrap: false },
          text(line.description, styles.description),
          text(String(Number(line.quantity)), styles.number),
          text(money(Number(line.unitAmount) * 100), styles.number),
          text(money(line.amountMinor), styles.number),
        ),
      ),
      ...[
        ["Subtotal", invoice.subtotalMinor],
        ["Discount", -invoice.discountMinor],
        ["Tax", invoice.taxMinor],
        ["Total", invoice.totalMinor],
      ].map(([name, minor]) => h(View, { key: name, style: styles.row }, text(name), text(money(minor)))),
      h(Text, { style: styles.foot, fixed: true, render: (at) => `${at.pageNumber} / ${at.totalPages}` }),
    ),
  );

const make = async (number) => (await renderToBuffer(page(`INV-${number}`))).length;
for (let number = 0; number < 5; number++) await make(number);
const startedAt = performance.now();
let made = 0;
while (performance.now() - startedAt < seconds * 1_000) await make(++made);
console.log(JSON.stringify({ perSecond: made / ((performance.now() - startedAt) / 1_000) }));
