// Validates pages: {name: markup} as JSON on standard input, one line for each problem on standard output.
import { readFileSync } from "node:fs";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { rules } from "./rules.mjs";

const validator = new HtmlValidate(new StaticConfigLoader(rules));
const pages = JSON.parse(readFileSync(0, "utf8"));
for (const [name, markup] of Object.entries(pages)) {
  const report = await validator.validateString(markup, name);
  for (const { messages } of report.results) {
    for (const { ruleId, message, line, selector } of messages) {
      console.log(`${name}:${line} ${ruleId}: ${message} (${selector})`);
    }
  }
}
