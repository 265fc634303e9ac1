package kindling.prep.names;

/** A name, tokens [start, end), with a score of 0 … 1. */
record Name(NameType type, int start, int end, double score) {}
