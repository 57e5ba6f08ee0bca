import { isTest, type Source } from "./sources";

interface Rule {
  from: RegExp;
  except?: RegExp;
  forbids: RegExp;
  because: string;
}

const RULES: Rule[] = [
  {
    from: /^(app|components|db|inngest|lib)\//,
    except: /^lib\/clock\.ts$/,
    forbids: /\bnew Date\(\s*\)|\bDate\.now\(/,
    because: "only lib/clock reads the time; use now()",
  },
  {
    from: /^(app|components|db|inngest|lib)\//,
    except: /^lib\/ledger\//,
    forbids: /\.(insert|update|delete)\(\s*(schema\.)?ledger[A-Z]\w*|\b(insert\s+into|update|delete\s+from)\s+ledger_/i,
    because: "only lib/ledger writes ledger tables",
  },
];

/** @returns one line for each place that does what only one module may do */
export function brokenRules(sources: Source[]): string[] {
  return sources
    .filter(({ file }) => !isTest(file))
    .flatMap(({ file, text }) =>
      RULES.filter((rule) => rule.from.test(file) && !rule.except?.test(file)).flatMap((rule) =>
        withoutComments(text).flatMap((line, index) =>
          rule.forbids.test(line) ? [`${file}:${index + 1}: ${rule.because}`] : [],
        ),
      ),
    );
}

const withoutComments = (text: string) => text.split("\n").map((line) => (/^\s*(\/\/|\*|\/\*)/.test(line) ? "" : line));
