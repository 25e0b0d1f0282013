// What markup is held to: the HTML standard, and html-validate's advice, except for these.
export const rules = {
  extends: ["html-validate:standard", "html-validate:recommended"],
  rules: {
    // Boxes that are ticked together have one name.
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "button", "reset", "submit"] }],
    "doctype-style": "off", // both cases are the standard's
    "long-title": "off", // the page's own name stands first
    "no-implicit-button-type": "off", // in a form, submit is what is meant
    "no-redundant-for": "off", // voice control reads `for`, also where the label holds the control
    "no-redundant-role": "off", // on phones tables are blocks, and Safari drops the role of those and of plain lists
    "tel-non-breaking": "off", // numbers are copied as they stand; links to them do not break
    "prefer-native-element": "off", // a scrolling box is a region to be reached by keyboard, and no section
  },
};
