// What markup is held to: the HTML standard, and html-validate's advice, except for these.
export const rules = {
  extends: ["html-validate:standard", "html-validate:recommended"],
  rules: {
    "doctype-style": "off", // both cases are the standard's
    "form-dup-name": "off", // the boxes of a list share one, and so do a box and what is sent without it
    "tel-non-breaking": "off", // what is copied is dialled, and no hyphen of print
    "long-title": "off", // the page's own name stands first
    "no-implicit-button-type": "off", // in a form, submit is what is meant
    "no-redundant-for": "off", // voice control reads `for`, also where the label holds the control
    "no-redundant-role": "off", // on phones tables are blocks, and Safari drops the role of those and of plain lists
    "prefer-native-element": "off", // a scrolling box is a region to be reached by keyboard, and no section
  },
};
