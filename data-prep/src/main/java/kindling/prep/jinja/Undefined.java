package kindling.prep.jinja;

/** What has no value: it prints as nothing and is false; whatever else is done with it is a mistake. */
record Undefined(String name) {}
